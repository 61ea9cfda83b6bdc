//! Puts stripes side by side.

/// The top and the bottom of a stripe, in CSS pixels.
pub(super) type Extent = (f64, f64);

/// The column of each stripe, counted from the text: the first that is free from its top on. The stripes are in text
/// order.
pub(super) fn columns(stripes: &[Extent], gap: f64) -> Vec<usize> {
    let mut ends: Vec<f64> = Vec::new();
    stripes
        .iter()
        .map(|&(top, bottom)| {
            let column = ends.iter().position(|end| end + gap <= top).unwrap_or_else(|| {
                ends.push(f64::MIN);
                ends.len() - 1
            });
            ends[column] = bottom;
            column
        })
        .collect()
}

/// The stripes at a height, those nearest to a column first. `reach` is how far above or below a stripe the height may be.
pub(super) fn at(stripes: &[Extent], columns: &[usize], column: f64, height: f64, reach: f64) -> Vec<usize> {
    #[expect(clippy::cast_precision_loss, reason = "a few columns")]
    let distance = |index: &usize| (columns.get(*index).map_or(f64::MAX, |it| *it as f64 - column)).abs();
    let is_near = |index: &usize| {
        stripes.get(*index).is_some_and(|(top, bottom)| top - reach <= height && height <= bottom + reach)
    };
    let mut found: Vec<usize> = (0..stripes.len()).filter(is_near).collect();
    found.sort_by(|one, other| distance(one).total_cmp(&distance(other)));
    found
}

#[cfg(test)]
mod tests {
    use super::{at, columns};

    #[test]
    fn stripes_share_a_column_unless_they_overlap() {
        let stripes = [(0.0, 100.0), (0.0, 40.0), (20.0, 60.0), (41.0, 90.0), (45.0, 50.0), (101.0, 120.0)];
        assert_eq!(columns(&stripes, 2.0), [0, 1, 2, 3, 1, 1]);
        assert!(columns(&[], 2.0).is_empty());
    }

    #[test]
    fn no_two_stripes_of_a_column_overlap() {
        let stripes: Vec<_> =
            (0..60_u32).map(|it| (f64::from(it), f64::from(it + 1 + it * 7 % 13))).collect();
        let columns = columns(&stripes, 0.0);
        for (index, (top, _)) in stripes.iter().enumerate() {
            for (before, (_, bottom)) in stripes[..index].iter().enumerate() {
                assert!(columns[before] != columns[index] || bottom <= top, "{before} and {index}");
            }
        }
    }

    #[test]
    fn the_nearest_stripe_is_the_first() {
        let stripes = [(0.0, 100.0), (0.0, 40.0), (60.0, 100.0)];
        assert_eq!(at(&stripes, &[0, 1, 1], 1.2, 20.0, 4.0), [1, 0]);
        assert_eq!(at(&stripes, &[0, 1, 1], 0.0, 43.0, 4.0), [0, 1]);
        assert!(at(&stripes, &[0, 1, 1], 0.0, 200.0, 4.0).is_empty());
    }
}
