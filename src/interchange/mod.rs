//! Files that leave and enter the page: Glossator's own JSON, and codebooks of other programs. Also the stored form of
//! each kind of item.
//!
//! Every form is both written and parsed here, and an export is parsed again before it is returned. Positions in
//! files count Unicode code points; only [`Article`](crate::text::Article) converts them. This layer does not know
//! where files come from or where items are stored.

mod backup;
mod backup_items;
mod code_tags;
mod code_tree;
mod codebook_csv;
mod codebook_file;
mod codebook_text;
mod color;
mod documents;
mod done;
mod draft;
mod entry;
#[cfg(not(target_arch = "wasm32"))]
mod field_schema;
mod fields;
mod format;
mod head;
mod import;
mod keys;
mod layout;
mod limits;
mod parse;
mod problem;
mod qdc;
#[cfg(not(target_arch = "wasm32"))]
mod schema;
mod sniff;
mod sniff_codebook;
mod step;
mod stored;
mod stored_fast;
mod stored_tag;
mod tab;
mod tag_fields;
mod tag_step;
mod time;
mod transfer;
mod unknown_tags;
mod walk;
mod write;
mod xml;

pub use backup::{BackupWriter, backup_article, backup_item, backup_tag};
pub use code_tags::{codes_of, color_of_hue, guid_of_tag, hue_of_color, tags_of_codes};
pub use code_tree::{Code, CodeSet, CodeTree, Rgb};
pub use codebook_csv::{
    CodebookCsv, CsvFile, CsvNote, CsvPlace, CsvProblem, CsvWriteProblem, parse_codebook_csv,
    write_codebook_csv,
};
pub use codebook_file::{
    CodebookFile, CodebookNote, CodebookProblem, CodebookWriteProblem, parse_codebook_file,
    write_codebook_file,
};
pub use codebook_text::{CodebookText, CodebookTextProblem};
pub use done::DoneArticles;
pub use draft::{parse_draft, write_draft};
pub use format::{
    BACKUP_FORMAT, BACKUP_VERSION, CODEBOOK_FORMAT, CODEBOOK_VERSION, FORMAT, OFFSET_UNIT, STORED_VERSION,
    VERSION,
};
pub use import::{Backup, Import};
pub use keys::{
    ANNOTATION_KEY, ARTICLE_KEY, ASIDE_KEY, DONE_KEY, DRAFT_KEY, HISTORY_KEY, PACK_KEY, TAB_KEY, TAG_KEY,
    TEXT_KEY, VIEW_KEY, item_key, text_item_key,
};
pub use limits::{
    CODE_LEVEL_LIMIT, CODE_LIMIT, CODEBOOK_LIMIT, COUNT_LIMIT, FILE_LIMIT, NOTE_LIMIT, TEXT_LIMIT,
    VALUE_LIMIT,
};
pub use parse::{ImportReader, parse};
pub use problem::{AnnotationProblem, ItemProblem, Problem, Reason, Refusal, TextReason, megabytes};
pub use qdc::{Qdc, QdcFile, QdcNote, QdcProblem, QdcReader, QdcWriteProblem, parse_qdc, write_qdc};
#[cfg(not(target_arch = "wasm32"))]
pub use schema::{backup_schema, schema};
pub use sniff::{SNIFF_LENGTH, is_own_file};
pub use sniff_codebook::CodebookFormat;
pub use step::{parse_step, write_step};
pub use stored::{StoredProblem, parse_stored, parse_stored_article, write_stored, write_stored_article};
pub use stored_tag::{parse_stored_tag, write_stored_tag};
pub use tab::{parse_tab, write_tab};
pub use unknown_tags::UnknownTag;
pub use write::{Export, WriteError, write, write_with};
pub use xml::{XML_LEVEL_LIMIT, XmlElement, XmlEvent, XmlExpected, XmlProblem, XmlReader};
