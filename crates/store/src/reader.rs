//! Reading SQLite on the thread that asks.
//!
//! A short indexed read takes a few microseconds; handing it to another thread takes many times
//! that. So every thread has a connection of its own, which SQLite lets read but not write, and
//! remembers the projects it has seen for as long as nobody has committed anything.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Arc, Weak};

use domain::ProjectId;

use crate::database::Inner;
use crate::dialect::{self, Db, Role};
use crate::error::StoreError;
use crate::scope::{ProjectSnapshot, load_project};

thread_local! {
    static READERS: RefCell<Vec<Entry>> = const { RefCell::new(Vec::new()) };
}

struct Entry {
    number: u64,
    database: Weak<Inner>,
    reader: Reader,
}

/// One thread's connection, and what it remembers.
pub(crate) struct Reader {
    db: Db,
    data_version: i64,
    projects: HashMap<ProjectId, Arc<ProjectSnapshot>>,
}

/// Lends this thread's reader of that database. It is given back also after an error, but not
/// after a panic.
pub(crate) fn with<T>(
    database: &Arc<Inner>,
    work: impl FnOnce(&mut Reader) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let mut reader = match take(database.number) {
        Some(reader) => reader,
        None => Reader::open(database)?,
    };
    let answer = work(&mut reader);
    READERS.with_borrow_mut(|readers| {
        readers.push(Entry {
            number: database.number,
            database: Arc::downgrade(database),
            reader,
        });
    });
    answer
}

fn take(number: u64) -> Option<Reader> {
    READERS.with_borrow_mut(|readers| {
        if let Some(at) = readers.iter().position(|entry| entry.number == number) {
            return Some(readers.swap_remove(at).reader);
        }
        readers.retain(|entry| entry.database.strong_count() > 0);
        None
    })
}

impl Reader {
    /// More projects than this are not remembered at once.
    const CAPACITY: usize = 256;

    fn open(database: &Inner) -> Result<Self, StoreError> {
        Ok(Self {
            db: dialect::connect(&database.url, Role::Reader, database.options.patience)?,
            data_version: 0,
            projects: HashMap::new(),
        })
    }

    pub(crate) fn db(&mut self) -> &mut Db {
        &mut self.db
    }

    /// A project as it is now: remembered, if nobody has committed since, or read.
    pub(crate) fn project(
        &mut self,
        id: ProjectId,
        now: domain::Timestamp,
    ) -> Result<Option<Arc<ProjectSnapshot>>, StoreError> {
        self.forget_if_changed()?;
        if let Some(known) = self.projects.get(&id) {
            return Ok(Some(Arc::clone(known)));
        }
        let Some(project) = dialect::snapshot(&mut self.db, |db| load_project(db, id, now))? else {
            return Ok(None);
        };
        let project = Arc::new(project);
        if self.projects.len() >= Self::CAPACITY {
            self.projects.clear();
        }
        self.projects.insert(id, Arc::clone(&project));
        Ok(Some(project))
    }

    /// The version is asked for before anything is read: what is read afterwards may be newer
    /// than the version says, and is then merely read again.
    fn forget_if_changed(&mut self) -> Result<(), StoreError> {
        let Db::Sqlite(connection) = &mut self.db else {
            self.projects.clear();
            return Ok(());
        };
        let data_version = dialect::data_version(connection)?;
        if data_version != self.data_version {
            self.projects.clear();
            self.data_version = data_version;
        }
        Ok(())
    }
}
