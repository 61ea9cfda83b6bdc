//! Where records are stored between visits: a local copy in localStorage, which is read synchronously, and a durable
//! copy in `IndexedDB`, which survives a crash of the browser. Both have one item per record, in the same form, and
//! are merged when they are read and written.
//!
//! Stored data is never overwritten by something older, mistaken for empty, or discarded: invalid items are set aside
//! byte for byte. This layer knows no component and no session: the page passes on what was read and reports errors.

mod channel;
mod compaction;
mod durable_copy;
mod durable_read;
mod durable_store;
mod indexed_db;
mod join;
mod key_value_store;
mod local_copy;
mod local_storage;
mod locks;
mod outbox;
mod pack;
mod saved_tabs;
mod saver;
mod set_aside;
mod stored_item;
mod tab_state;
mod text_order;

pub use channel::{Channel, Message};
pub use compaction::Compaction;
pub use durable_copy::{DurableCopy, FoundArticles, Kept};
pub use durable_read::{DurableRead, Found};
pub use durable_store::{DurableStore, Page, Write};
pub use indexed_db::IndexedDb;
pub use join::both;
pub use key_value_store::{Failure, KeyValueStore};
pub use local_copy::{Incoming, Loaded, LocalCopy, Saved};
pub use local_storage::LocalStorage;
pub use locks::{Lock, LockOutcome, lock};
pub use outbox::{Due, Outbox};
pub use pack::{ArticleRange, Packing};
pub use saved_tabs::SavedTab;
pub use saver::{Batch, SaveStatus, Saver};
pub use set_aside::SetAsideItem;
pub use stored_item::retry_unrecognized;
pub use tab_state::{MAX_STEP_BYTES, MAX_STEPS, MAX_TOTAL_BYTES, SavedTabState, TabItem, TabName, TabState};
