//! What the benchmark measures, the limits, and the table.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use super::{peers::Peer, rounds::TIMEOUT, sample::Size};

/// A page to measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Glossator,
    /// The floor: pages that only draw, in three ways.
    Chunks,
    Marks,
    Highlights,
    /// The text as plain HTML, with as many bytes of script.
    Plain,
    Recogito,
    MarkJs,
    LabelStudio,
}

impl Side {
    /// The sides that are always measured.
    pub(super) const ALL: [Self; 5] =
        [Self::Glossator, Self::Chunks, Self::Marks, Self::Highlights, Self::Plain];

    /// The path of its page in the folder that is served.
    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Glossator | Self::LabelStudio => "",
            Self::Chunks => "floor/?chunks",
            Self::Marks => "floor/?marks",
            Self::Highlights => "floor/?highlights",
            Self::Plain => "plain/",
            Self::Recogito => "peers/recogito/",
            Self::MarkJs => "peers/markjs/",
        }
    }

    /// Whether to measure it at this size. Label Studio is slow, and measured only at the size that has a target.
    pub(super) fn has_size(self, size: Size) -> bool {
        self != Self::LabelStudio || size.annotations == 1_000
    }

    /// The least ratio of its time to open to Glossator's, if there is a target.
    fn least_ratio(self, size: Size) -> Option<f64> {
        matches!((self, size.annotations), (Self::Recogito, 10_000) | (Self::LabelStudio, 1_000))
            .then_some(15.0)
    }
}

/// A measure, in milliseconds. Memory is in megabytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Row {
    First,
    Text,
    Open,
    Drawn,
    Add,
    Around,
    Retag,
    Bounds,
    Delete,
    Undo,
    Scroll,
    Filter,
    Search,
    Table,
    TableFilter,
    Typing,
    DeleteAll,
    UndoAll,
    Import,
    Export,
    BackUp,
    AddAmong,
    RetagAmong,
    Memory,
}

/// The limit of a number.
enum Limit {
    /// At most this many times a measure of the floor with lazy chunks, or of plain HTML for the first text.
    Times(Row, f64),
    /// No limit, but shown with its ratio to a measure of the floor.
    RatioTo(Row),
    /// At most this much.
    Most(f64),
    None,
}

impl Row {
    const ALL: [Self; 24] = [
        Self::First,
        Self::Text,
        Self::Open,
        Self::Drawn,
        Self::Add,
        Self::Around,
        Self::Retag,
        Self::Bounds,
        Self::Delete,
        Self::Undo,
        Self::Scroll,
        Self::Filter,
        Self::Search,
        Self::Table,
        Self::TableFilter,
        Self::Typing,
        Self::DeleteAll,
        Self::UndoAll,
        Self::Import,
        Self::Export,
        Self::BackUp,
        Self::AddAmong,
        Self::RetagAmong,
        Self::Memory,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::First => "First visit, from navigation to text (floor: plain HTML)",
            Self::Text => "Open where it was left, from navigation to text (floor: plain HTML)",
            Self::Open => "The same, to highlights",
            Self::Drawn => "The same, until the program has drawn them (floor: to highlights)",
            Self::Add => "Add by mouse",
            Self::Around => "The same, its card and the counts (floor: add)",
            Self::Retag => "Retag by key (floor: add)",
            Self::Bounds => "Move a bound by key (floor: add)",
            Self::Delete => "Delete by key (floor: add)",
            Self::Undo => "Undo by key (floor: add)",
            Self::Scroll => "Scroll, 95th percentile frame",
            Self::Filter => "Hide a tag",
            Self::Search => "Search, first results",
            Self::Table => "Table, first rows",
            Self::TableFilter => "Table, filtered rows",
            Self::Typing => "Longest frame while typing a search",
            Self::DeleteAll => "Delete all in the table, longest frame",
            Self::UndoAll => "Undo that, longest frame",
            Self::Import => "Import, longest frame",
            Self::Export => "Export, longest frame",
            Self::BackUp => "Backup, longest frame",
            Self::AddAmong => "Add by mouse, with 500 tags (floor: add)",
            Self::RetagAmong => "Retag by key, with 500 tags (floor: add)",
            Self::Memory => "Renderer memory, MB",
        }
    }

    fn limit(self, size: Size) -> Limit {
        match self {
            Self::Open if size.annotations > 10_000 => Limit::Times(Self::Open, 2.0),
            Self::First | Self::Text | Self::Open => Limit::Times(self, 1.5),
            Self::Drawn => Limit::RatioTo(Self::Open),
            Self::Add
            | Self::Around
            | Self::Retag
            | Self::Bounds
            | Self::Delete
            | Self::Undo
            | Self::AddAmong
            | Self::RetagAmong => Limit::Times(Self::Add, 1.3),
            Self::Scroll => Limit::Times(self, 1.1),
            Self::Filter | Self::Search | Self::Table | Self::TableFilter => Limit::Most(34.0),
            Self::Import | Self::Export | Self::BackUp | Self::DeleteAll | Self::UndoAll => {
                Limit::Most(100.0)
            }
            Self::Typing => Limit::Most(50.0),
            Self::Memory if size.annotations > 10_000 => Limit::Times(self, 2.5),
            Self::Memory => Limit::None,
        }
    }
}

/// All measured values.
#[derive(Default)]
pub(super) struct Measured {
    /// The browser, and the date.
    pub(super) browser: String,
    /// The other tools.
    pub(super) peers: Vec<Peer>,
    /// The sides that did not show their highlights in time.
    late: BTreeSet<(&'static str, Side)>,
    values: BTreeMap<(&'static str, Row, Side), Vec<f64>>,
}

impl Measured {
    pub(super) fn note(&mut self, size: Size, what: Row, who: Side, value: f64) {
        self.values.entry((size.name, what, who)).or_default().push(value);
    }

    /// Renames another tool, once its version is known.
    pub(super) fn name(&mut self, who: Side, name: String) {
        for peer in self.peers.iter_mut().filter(|it| it.side == who) {
            peer.name.clone_from(&name);
        }
    }

    pub(super) fn note_late(&mut self, size: Size, who: Side) {
        self.late.insert((size.name, who));
    }

    pub(super) fn is_late(&self, size: Size, who: Side) -> bool {
        self.late.contains(&(size.name, who))
    }

    fn median(&self, size: Size, what: Row, who: Side) -> Option<f64> {
        let mut values = self.values.get(&(size.name, what, who))?.clone();
        values.sort_by(f64::total_cmp);
        let (one, other) = (values[(values.len() - 1) / 2], values[values.len() / 2]);
        Some(f64::midpoint(one, other))
    }

    /// The median, and the range of the middle half.
    fn cell(&self, size: Size, what: Row, who: Side) -> String {
        let Some(median) = self.median(size, what, who) else { return String::new() };
        let mut values = self.values[&(size.name, what, who)].clone();
        values.sort_by(f64::total_cmp);
        let (low, high) = (values[values.len() / 4], values[(values.len() * 3 / 4).min(values.len() - 1)]);
        if values.len() < 2 { format!("{median:.0}") } else { format!("{median:.0} ({low:.0}–{high:.0})") }
    }

    /// The same for another tool. Its time to open is followed by the ratio to Glossator's.
    fn peer_cell(&self, size: Size, what: Row, who: Side) -> String {
        let cell = self.cell(size, what, who);
        if what != Row::Open {
            return cell;
        }
        if self.is_late(size, who) {
            return format!("not within {} s", TIMEOUT.as_secs());
        }
        let (Some(theirs), Some(ours)) =
            (self.median(size, what, who), self.median(size, what, Side::Glossator))
        else {
            return cell;
        };
        let missed =
            if who.least_ratio(size).is_some_and(|it| theirs < it * ours) { " **missed**" } else { "" };
        format!("{cell}, {:.1} ×{missed}", theirs / ours)
    }

    /// The results as a Markdown table.
    pub(super) fn table(&self, sizes: &[Size]) -> String {
        let mut table =
            "| text, annotations | | Glossator | floor: lazy chunks | floor: all marks | floor: Highlight API |"
                .to_owned();
        for peer in &self.peers {
            let _ = write!(table, " {} |", peer.name);
        }
        let _ = writeln!(table, " ratio | at most |\n|{}", " --- |".repeat(8 + self.peers.len()));
        for size in sizes {
            let mut first = format!("{}, {}", size.name, size.annotations);
            for row in Row::ALL {
                let Some(ours) = self.median(*size, row, Side::Glossator) else { continue };
                let is_text = matches!(row, Row::First | Row::Text);
                let floor = if is_text { Side::Plain } else { Side::Chunks };
                let (ratio, limit) = match row.limit(*size) {
                    Limit::Times(of, times) => {
                        let ratio = self.median(*size, of, floor).map(|it| ours / it);
                        let missed = if ratio.is_some_and(|it| it > times) { " **missed**" } else { "" };
                        (ratio.map_or(String::new(), |it| format!("{it:.2}{missed}")), format!("{times} ×"))
                    }
                    Limit::RatioTo(of) => {
                        let ratio = self.median(*size, of, floor).map(|it| ours / it);
                        (ratio.map_or(String::new(), |it| format!("{it:.2}")), String::new())
                    }
                    Limit::Most(most) => {
                        let missed = if ours > most { "**missed**" } else { "" };
                        (missed.to_owned(), format!("{most:.0}"))
                    }
                    Limit::None => (String::new(), String::new()),
                };
                let _ = write!(
                    table,
                    "| {} | {} | {} | {} | {} | {} |",
                    std::mem::take(&mut first),
                    row.name(),
                    self.cell(*size, row, Side::Glossator),
                    self.cell(*size, row, floor),
                    self.cell(*size, row, Side::Marks),
                    self.cell(*size, row, Side::Highlights),
                );
                for peer in &self.peers {
                    let _ = write!(table, " {} |", self.peer_cell(*size, row, peer.side));
                }
                let _ = writeln!(table, " {ratio} | {limit} |");
            }
        }
        table
    }
}
