//! Where records are kept between visits: in localStorage, which is read at once, and in a durable copy that survives the
//! browser being killed. One item for each record in both, in the same form, merged when read and when written.
//!
//! Nothing that is stored is ever overwritten by something older, read as empty, or thrown away: what is not valid is set
//! aside byte for byte. Knows no component and no session; the page passes on what is read, and says what failed.

mod aside;
mod channel;
mod durable;
mod indexed;
mod items;
mod keeper;
mod left;
mod local;
mod locks;
mod notebook;
mod outbox;
mod pack;
mod reading;
mod store;
mod stored;

pub use aside::Aside;
pub use channel::{Channel, Message};
pub use durable::{Durable, DurableCopy, Found, FoundArticles, Kept, Page, Write, both};
pub use indexed::IndexedDb;
pub use items::{Failure, Items};
pub use keeper::{Batch, Keeper, Safety};
pub use left::LeftBy;
pub use local::LocalStorage;
pub use locks::{Asked, Lock, lock};
pub use notebook::{LONGEST_STEP, Leaf, Left, MOST_BYTES, MOST_STEPS, Name, Notebook};
pub use outbox::{Due, Outbox};
pub use pack::{Packing, Part, Untidy};
pub use reading::Reading;
pub use store::{Incoming, Loaded, Saved, Store};
pub use stored::read_again;
