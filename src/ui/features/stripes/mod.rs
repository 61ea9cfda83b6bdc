//! Coding stripes: a labelled bar at the side of the text for each annotation. They take over where passages lie deeper
//! than the lines below the text can show, or everywhere if the person wishes.

mod pack;
mod view;

pub(crate) use view::Stripes;

use crate::{text::ArticleId, ui::feature::Feature};

pub(crate) const FEATURE: Feature = Feature::NONE;

pub(crate) type Slice = StripeRoom;

/// Where there is room for stripes beside the text.
#[derive(Debug, Default)]
pub(crate) struct StripeRoom {
    /// The article in which a stripe was shown. The room stays while it is open, so that its lines do not break anew
    /// each time that a stripe is scrolled out of view.
    article: Option<ArticleId>,
}

impl StripeRoom {
    /// True if an article has room for stripes.
    pub(crate) fn is_beside(&self, article: &ArticleId) -> bool {
        self.article.as_ref() == Some(article)
    }
}
