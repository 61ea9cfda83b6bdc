//! The ids of tags and attributes.

use std::{cell::RefCell, collections::HashSet};

thread_local! {
    /// Every id so far.
    static IDS: RefCell<HashSet<&'static str>> = RefCell::default();
}

/// The one copy of this id, which stays in memory for good.
fn intern(id: &str) -> &'static str {
    IDS.with_borrow_mut(|ids| {
        ids.get(id).copied().unwrap_or_else(|| {
            let id: &'static str = Box::leak(Box::from(id));
            ids.insert(id);
            id
        })
    })
}

macro_rules! interned {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        ///
        /// Interned, so that it is copied freely: a codebook has few ids, while there are many annotations with each.
        /// Nothing frees an id, so an id in an export is not interned but looked up in the codebook.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(&'static str);

        impl $name {
            /// The id with these characters. For ids of a codebook only: each distinct one stays in memory for good.
            pub fn new(id: &str) -> Self {
                Self(intern(id))
            }

            /// Its characters, as in files and stored records.
            pub const fn as_str(self) -> &'static str {
                self.0
            }
        }
    };
}

interned! {
    /// The permanent id of a tag.
    TagId
}

interned! {
    /// The permanent id of an attribute. No two tags of a codebook share one.
    AttributeId
}

#[cfg(test)]
mod tests {
    use super::TagId;

    #[test]
    fn an_id_is_kept_once() {
        let (one, two) = (TagId::new("claim"), TagId::new(&["cla", "im"].concat()));
        assert_eq!(one, two);
        assert_eq!(one.as_str().as_ptr(), two.as_str().as_ptr());
        assert!(TagId::new("a") < TagId::new("b"));
    }
}
