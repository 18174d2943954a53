//! Connections that only read.
//!
//! SQLite's are kept in a plain list: a pool asks each whether it still lives, in a task of its own, whenever it comes
//! back, which costs as much as a statement, and a file does not hang up. PostgreSQL's are the pool's.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool, Connection};
use tokio::sync::{Mutex as Turn, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::{BUSY_TIMEOUT, Result};

/// Where connections that read come from.
#[derive(Clone, Debug)]
pub(super) enum Readers {
    List(List),
    Pool(AnyPool),
}

impl Readers {
    pub(super) async fn take(&self) -> Result<Reader> {
        match self {
            Self::List(list) => list.take().await,
            Self::Pool(pool) => Ok(Reader(Taken::Pooled(pool.acquire().await?))),
        }
    }

    /// Waits for those that are in use.
    pub(super) async fn close(&self) {
        match self {
            Self::List(list) => list.close().await,
            Self::Pool(pool) => pool.close().await,
        }
    }
}

/// The connections, and as many turns as there are connections that nobody uses.
#[derive(Clone, Debug)]
pub(super) struct List {
    connections: Arc<Mutex<Vec<Arc<Turn<AnyConnection>>>>>,
    turns: Arc<Semaphore>,
}

impl List {
    pub(super) fn new(connections: Vec<AnyConnection>) -> Self {
        let turns = Arc::new(Semaphore::new(connections.len()));
        let connections = connections.into_iter().map(|connection| Arc::new(Turn::new(connection))).collect();
        Self { connections: Arc::new(Mutex::new(connections)), turns }
    }

    async fn take(&self) -> Result<Reader> {
        let turn = timeout(BUSY_TIMEOUT, Arc::clone(&self.turns).acquire_owned()).await;
        let turn = turn.map_err(|_| sqlx::Error::PoolTimedOut)?.map_err(|_| sqlx::Error::PoolClosed)?;
        // Whoever has a turn finds a connection: it is given back before the turn is.
        let idle = self.all().iter().find_map(|connection| Arc::clone(connection).try_lock_owned().ok());
        let connection = idle.ok_or(sqlx::Error::PoolClosed)?;
        Ok(Reader(Taken::Listed { connection, _turn: turn }))
    }

    async fn close(&self) {
        let connections = std::mem::take(&mut *self.all());
        for connection in connections {
            drop(connection.lock().await);
            if let Some(connection) = Arc::into_inner(connection) {
                // It has nothing to write, so that a failure loses nothing.
                connection.into_inner().close().await.ok();
            }
        }
        self.turns.close();
    }

    fn all(&self) -> MutexGuard<'_, Vec<Arc<Turn<AnyConnection>>>> {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection to read with; it goes back when it is dropped.
#[derive(Debug)]
pub struct Reader(Taken);

#[derive(Debug)]
enum Taken {
    /// In this order they are dropped.
    Listed {
        connection: OwnedMutexGuard<AnyConnection>,
        _turn: OwnedSemaphorePermit,
    },
    Pooled(PoolConnection<Any>),
}

impl Deref for Reader {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        match &self.0 {
            Taken::Listed { connection, .. } => connection,
            Taken::Pooled(connection) => connection,
        }
    }
}

impl DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        match &mut self.0 {
            Taken::Listed { connection, .. } => connection,
            Taken::Pooled(connection) => connection,
        }
    }
}
