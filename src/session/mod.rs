//! The working state: articles, annotations, and the history of changes.
//!
//! Knows neither storage nor drawing. Time and randomness are passed in.

mod article_command;
mod article_edit;
mod change;
mod command;
mod edit;
mod effect;
mod file_tag;
mod giving;
mod history;
mod label;
mod merging;
mod moment;
mod state;
mod steps;
mod tag_changes;
mod tag_command;
mod tag_edit;
mod tag_import;
mod tag_places;
mod tag_uses;
mod transaction;

pub use article_command::ArticleCommand;
pub use article_edit::{ArticleChange, ArticleEdit};
pub use change::{Change, Merged};
pub use command::Command;
pub use edit::Edit;
pub use effect::Effect;
pub use file_tag::{FileTag, TagFate};
pub use giving::Recipient;
pub use history::{History, Step};
pub use label::{Label, TagLabel};
pub use moment::Moment;
pub use state::Session;
pub use tag_changes::Kept;
pub use tag_command::{NewTag, TAG_ATTRIBUTES, TAG_BYTES, TagCommand, Uses};
pub use tag_edit::{TagChange, TagEdit};
pub use tag_import::{ImportPlan, PlannedTag, TagOutcome};
pub use tag_uses::MergePreview;
pub use transaction::Transaction;
