use std::io::{self, BufRead, Read};

use crate::Limits;
use crate::error::GreenButtonError;

/// The input under its limits. It counts while the XML reader reads, so nothing beyond a limit is ever held.
pub(crate) struct Source<'a> {
    input: &'a mut dyn BufRead,
    left: u64,
    piece_left: u64,
    max_piece_bytes: u64,
    /// The XML reader was told that the input ends here.
    pub(crate) ended: bool,
    /// A limit was reached with more to come.
    pub(crate) over: bool,
}

impl<'a> Source<'a> {
    pub(crate) fn new(input: &'a mut dyn BufRead, limits: Limits) -> Self {
        Self {
            input,
            left: limits.max_bytes,
            piece_left: limits.max_piece_bytes,
            max_piece_bytes: limits.max_piece_bytes,
            ended: false,
            over: false,
        }
    }

    pub(crate) fn start_piece(&mut self) {
        self.piece_left = self.max_piece_bytes;
    }

    /// Which limit stopped the reader in the piece at `position`.
    pub(crate) fn limit_error(&self, position: u64, limits: Limits) -> GreenButtonError {
        if self.left == 0 {
            return GreenButtonError::TooLarge { limit: limits.max_bytes };
        }
        GreenButtonError::PieceTooLarge { position, limit: limits.max_piece_bytes }
    }
}

impl BufRead for Source<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let available = self.input.fill_buf()?;
        self.ended = available.is_empty();
        let allowed = self.left.min(self.piece_left);
        if allowed == 0 && !self.ended {
            self.over = true;
            return Err(io::ErrorKind::Other.into());
        }
        let length = usize::try_from(allowed).map_or(available.len(), |allowed| allowed.min(available.len()));
        Ok(&available[..length])
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(amount as u64);
        self.piece_left = self.piece_left.saturating_sub(amount as u64);
        self.input.consume(amount);
    }
}

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}
