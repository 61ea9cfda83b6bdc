//! Decimal numbers, and dates: their normal spelling, and their order.
//!
//! Works on the digits, because the standard library's number parser would add 12 kB to the download.

use std::cmp::Ordering;

/// The greatest number of digits, which every program's numbers preserve.
const DIGITS: usize = 15;

/// A decimal number as its digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal<'a> {
    /// False for zero.
    pub(super) negative: bool,
    /// The digits before the point, without leading zeros.
    pub(super) whole: &'a str,
    /// The digits after it, without zeros at the end.
    pub(super) part: &'a str,
}

/// The normal spelling of the decimal number that `text` spells.
pub fn normal_number(text: &str) -> Option<String> {
    Decimal::parse(text).map(Decimal::spelled)
}

impl<'a> Decimal<'a> {
    /// The number that `text` spells. Digits beyond the first 15 are dropped from the part after the point.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.len() + part.len() == 0 || !is_digits(whole) || !is_digits(part) {
            return None;
        }
        let whole = whole.trim_start_matches('0');
        let room = DIGITS.checked_sub(whole.len())?;
        let part = part[..part.len().min(room)].trim_end_matches('0');
        let negative = digits.len() < text.len() && !(whole.is_empty() && part.is_empty());
        Some(Self { negative, whole, part })
    }

    /// Its shortest spelling.
    pub(super) fn spelled(self) -> String {
        let sign = if self.negative { "-" } else { "" };
        let whole = if self.whole.is_empty() { "0" } else { self.whole };
        let point = if self.part.is_empty() { "" } else { "." };
        [sign, whole, point, self.part].concat()
    }

    fn size(self) -> (usize, &'a str, &'a str) {
        (self.whole.len(), self.whole, self.part)
    }
}

impl PartialOrd for Decimal<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => self.size().cmp(&other.size()),
            (true, true) => other.size().cmp(&self.size()),
            (one, other) => other.cmp(&one),
        }
    }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_digit())
}

/// True for a date of the form YYYY, YYYY-MM or YYYY-MM-DD that the calendar has.
pub(super) fn is_date(text: &str) -> bool {
    let mut fields = text.split('-');
    let mut number = |digits: usize| {
        let field = fields.next().filter(|it| it.len() == digits && is_digits(it))?;
        field.parse::<u16>().ok()
    };
    match (text.len(), number(4)) {
        (4, Some(_)) => true,
        (7, Some(_)) => number(2).is_some_and(|it| (1..=12).contains(&it)),
        (10, Some(year)) => {
            let (month, day) = (number(2), number(2));
            let last = month.map_or(0, |it| days(year, it));
            day.is_some_and(|it| (1..=last).contains(&it))
        }
        _ => false,
    }
}

/// The number of days of a month; 0 if there is no such month.
fn days(year: u16, month: u16) -> u16 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 => 28 + u16::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Decimal, is_date};

    #[test]
    fn dates_of_the_calendar_are_accepted_and_no_others() {
        let good = ["2026", "2026-11", "2026-11-30", "2024-02-29", "2000-02-29", "0001-01-01"];
        assert!(good.into_iter().all(is_date));
        let bad = [
            "",
            "26",
            "2026-",
            "2026-13",
            "2026-00",
            "2026-1",
            "2026-11-31",
            "2025-02-29",
            "1900-02-29",
            "2026-11-00",
            "2026-11-3",
            "+026-11",
            "2026 11",
            "2026-11-30-",
            "é26-",
        ];
        assert!(!bad.into_iter().any(is_date));
    }

    proptest! {
        #[test]
        fn numbers_are_spelled_and_ordered_as_the_standard_library_does(
            one in "-?[0-9]{0,6}(\\.[0-9]{0,6})?", other in "-?[0-9]{0,6}(\\.[0-9]{0,6})?",
        ) {
            let numbers = (one.parse::<f64>().ok(), other.parse::<f64>().ok());
            let (one, other) = (Decimal::parse(&one), Decimal::parse(&other));
            prop_assert_eq!((one.is_some(), other.is_some()), (numbers.0.is_some(), numbers.1.is_some()));
            if let (Some(one), Some(other), (Some(a), Some(b))) = (one, other, numbers) {
                prop_assert_eq!(one.spelled(), (a + 0.0).to_string());
                prop_assert_eq!(Some(one.cmp(&other)), a.partial_cmp(&b));
                let spelled = one.spelled();
                prop_assert!(Decimal::parse(&spelled) == Some(one), "normalizing twice changes nothing");
            }
        }
    }
}
