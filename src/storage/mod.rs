//! Where records are kept between visits: one item for each, merged when read and when written.
//!
//! Nothing that is stored is ever overwritten by something older, read as empty, or thrown away: what is not valid is set
//! aside byte for byte. Knows no component and no session; the page passes on what is read, and says what failed.

mod aside;
mod items;
mod local;
mod store;

pub use aside::Aside;
pub use items::{Failure, Items};
pub use local::LocalStorage;
pub use store::{Incoming, Loaded, Saved, Store};
