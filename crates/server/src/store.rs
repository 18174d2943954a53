//! The record in SQLite or PostgreSQL: the only room that holds SQL.
//!
//! One set of statements serves both (text and bigint columns, `$1` parameters). Readings, intervals, bills and
//! receipts are added, never changed. Functions take a connection, so that a caller decides what belongs together
//! in one transaction.

pub mod accounts;
pub mod alerts;
pub mod bill_runs;
pub mod billed;
pub mod bills;
pub mod certificates;
pub mod claims;
pub mod commands;
pub mod complaint_steps;
pub mod complaints;
pub mod daily_use;
pub mod debts;
pub mod dire_needs;
pub mod exports;
pub mod faults;
pub mod hafez;
pub mod head_ends;
pub mod held_bills;
pub mod holders;
pub mod interval_findings;
pub mod intervals;
pub mod leases;
pub mod ledger;
pub mod meter_events;
pub mod meter_exchanges;
pub mod meter_files;
pub mod meter_tests;
pub mod news;
pub mod notices;
pub mod overview;
pub mod own_readings;
mod packed;
pub mod payment_links;
pub mod payments;
pub mod photos;
pub mod plans;
pub mod prepaid;
pub mod projections;
mod readers;
pub mod readings;
pub mod receipt_codes;
pub mod receipts;
pub mod refunds;
pub mod sessions;
pub mod settings;
pub mod spans;
pub mod staff;
mod text;

use std::path::Path;
use std::time::Duration;

use sqlx::any::AnyPoolOptions;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{
    Any, AnyConnection, AnyPool, AssertSqlSafe, Connection, Executor, SqlSafeStr, SqlStr, Transaction,
};

use readers::{List, Reader, Readers};

/// Connections that only read SQLite's file: more than there are cores only wait for each other.
const READERS: u32 = 4;
/// Connections to PostgreSQL.
const CONNECTIONS: u32 = 8;
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// Why the record does not answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refuses or is gone.
    #[error("the database: {0}")]
    Database(#[from] sqlx::Error),
    /// The tables cannot be brought to this version.
    #[error("the database's tables: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A stored value is not what this program writes.
    #[error("the record holds a {0} that cannot be read")]
    Damaged(&'static str),
    /// The legs of an entry do not add up to zero: nothing of it is posted.
    #[error("an entry of the ledger does not add up to zero")]
    Unbalanced,
    /// The address is neither SQLite's nor PostgreSQL's.
    #[error("a database address begins with sqlite: or postgres:")]
    Address,
    /// The folder of an SQLite file cannot be made.
    #[error("the folder of the database: {0}")]
    Folder(#[from] std::io::Error),
}

/// What the functions of the record return.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// The record, open.
#[derive(Clone, Debug)]
pub struct Store {
    readers: Readers,
    writers: AnyPool,
    begin: &'static str,
}

impl Store {
    /// Opens the database at `address`, makes it if SQLite lacks it, and brings its tables up to date.
    ///
    /// # Errors
    /// [`StoreError::Address`] for another kind of database, else what the database reports.
    pub async fn open(address: &str) -> Result<Self> {
        sqlx::any::install_default_drivers();
        let store = if let Some(file) = sqlite_file(address) {
            Self::open_sqlite(file).await?
        } else if address.starts_with("postgres:") || address.starts_with("postgresql:") {
            let options = AnyPoolOptions::new().acquire_timeout(BUSY_TIMEOUT).max_connections(CONNECTIONS);
            let pool = options.connect(address).await?;
            Self { readers: Readers::Pool(pool.clone()), writers: pool, begin: "begin" }
        } else {
            return Err(StoreError::Address);
        };
        store.migrate().await?;
        Ok(store)
    }

    /// SQLite has one writer at a time: one connection that writes, so that writers queue here and not in its lock.
    async fn open_sqlite(file: &str) -> Result<Self> {
        if let Some(folder) = Path::new(file).parent() {
            std::fs::create_dir_all(folder)?;
        }
        let address = format!("sqlite:{file}?mode=rwc");
        let writers = sqlite_options().max_connections(1).connect(&address).await?;
        let mut readers = Vec::new();
        for _ in 0..READERS {
            let mut reader = AnyConnection::connect(&address).await?;
            prepare_sqlite(&mut reader).await?;
            readers.push(reader);
        }
        Ok(Self { readers: Readers::List(List::new(readers)), writers, begin: "begin immediate" })
    }

    async fn migrate(&self) -> Result<()> {
        let record = include_str!("../migrations/0001_record.sql").into_sql_str();
        let billing_run = include_str!("../migrations/0002_billing_run.sql").into_sql_str();
        let indexes = include_str!("../migrations/0003_indexes.sql").into_sql_str();
        let living = include_str!("../migrations/0004_living.sql").into_sql_str();
        let meters = include_str!("../migrations/0005_meters.sql").into_sql_str();
        let news = include_str!("../migrations/0006_news.sql").into_sql_str();
        let payments = include_str!("../migrations/0007_payments.sql").into_sql_str();
        let cases = include_str!("../migrations/0008_cases.sql").into_sql_str();
        let complaints = include_str!("../migrations/0009_complaints.sql").into_sql_str();
        let claims = include_str!("../migrations/0010_claims.sql").into_sql_str();
        let receipt_codes = include_str!("../migrations/0012_receipt_codes.sql").into_sql_str();
        let meter_exchange = include_str!("../migrations/0013_meter_exchange.sql").into_sql_str();
        let overview = include_str!("../migrations/0014_overview.sql").into_sql_str();
        let daily_use = self.dialect(include_str!("../migrations/0015_daily_use.sql"));
        let by_key = include_str!("../migrations/0016_by_key.sql").into_sql_str();
        let billed_use = include_str!("../migrations/0017_billed_use.sql").into_sql_str();
        let in_one_look = include_str!("../migrations/0018_in_one_look.sql").into_sql_str();
        let of_both = [
            (1, "record", record),
            (2, "billing run", billing_run),
            (3, "indexes", indexes),
            (4, "living", living),
            (5, "meters", meters),
            (6, "news", news),
            (7, "payments", payments),
            (8, "cases", cases),
            (9, "complaints", complaints),
            (10, "claims", claims),
            (12, "receipt codes", receipt_codes),
            (13, "meter exchange", meter_exchange),
            (14, "overview", overview),
            (15, "daily use", daily_use),
            (17, "billed use", billed_use),
        ];
        let of_sqlite = [(16, "by key", by_key), (18, "in one look", in_one_look)];
        let of_sqlite = of_sqlite.into_iter().filter(|_| self.is_sqlite());
        let migrations = of_both.into_iter().chain(of_sqlite);
        let migrations = migrations.map(|(version, name, sql)| {
            Migration::new(version, name.into(), MigrationType::Simple, sql, false)
        });
        Ok(Migrator::with_migrations(migrations.collect()).run(&self.writers).await?)
    }

    const fn is_sqlite(&self) -> bool {
        matches!(self.readers, Readers::List(_))
    }

    /// A statement with its words for SQLite alone, which stand in a comment.
    fn dialect(&self, sql: &str) -> SqlStr {
        AssertSqlSafe(if self.is_sqlite() {
            sql.replace("/* in SQLite: without rowid */", "without rowid")
        } else {
            sql.to_owned()
        })
        .into_sql_str()
    }

    /// A connection to read with.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn read(&self) -> Result<Reader> {
        self.readers.take().await
    }

    /// A transaction to write in; dropped without `commit`, it leaves nothing behind.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn begin(&self) -> Result<Transaction<'static, Any>> {
        Ok(self.writers.begin_with(self.begin).await?)
    }

    /// Writes out what is left and closes.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writers.close().await;
    }
}

/// The file that an SQLite address names.
#[must_use]
pub fn sqlite_file(address: &str) -> Option<&str> {
    let file = address.strip_prefix("sqlite:")?;
    Some(file.strip_prefix("//").unwrap_or(file))
}

fn sqlite_options() -> AnyPoolOptions {
    // A file does not hang up: to ask each time whether it is still there costs as much as a statement.
    let options = AnyPoolOptions::new().acquire_timeout(BUSY_TIMEOUT).test_before_acquire(false);
    options.after_connect(|connection, _| Box::pin(prepare_sqlite(connection)))
}

/// `synchronous = full`: a bill that was answered for survives a power cut.
async fn prepare_sqlite(connection: &mut AnyConnection) -> Result<(), sqlx::Error> {
    connection.execute("pragma journal_mode = wal").await?;
    connection.execute("pragma synchronous = full").await?;
    connection.execute("pragma foreign_keys = on").await?;
    // Mapped, a large file is let go and found again page by page after every commit, while all else stands still.
    connection.execute("pragma mmap_size = 0").await?;
    // The upper pages of a large file's trees, which each look passes.
    connection.execute("pragma cache_size = -32768").await?;
    let busy = format!("pragma busy_timeout = {}", BUSY_TIMEOUT.as_millis());
    connection.execute(sqlx::AssertSqlSafe(busy)).await?;
    Ok(())
}
