//! The layout of the cards in the margin: close to their passages, in order, and without overlaps.

/// A card to be placed. All lengths are in CSS pixels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    /// The preferred position of its top.
    pub(crate) preferred: f64,
    pub(crate) height: f64,
    /// How strongly it is kept at its preferred position, relative to other cards.
    pub(crate) weight: f64,
}

/// The weight of a pinned card, which gets its preferred position whatever the others prefer.
pub(crate) const PINNED: f64 = 1e9;

/// How far a pinned card still moves down to make room for the cards before it, so that a few of them stay visible.
const MAX_PINNED_SHIFT: f64 = 200.0;

/// A block of cards that touch.
#[derive(Clone, Copy)]
struct Block {
    /// The weighted mean of the preferred positions, less the heights above.
    at: f64,
    weight: f64,
    cards: usize,
}

/// The tops of the cards in order, at least `gap` apart and none above `top`, with the smallest sum of weighted squared
/// distances from the preferred positions. A pinned card moves down by at most [`MAX_PINNED_SHIFT`] for the cards
/// before it; if they need more room, they end up above `top`.
///
/// Subtract from each position the heights and gaps above it: then the tops must not decrease. That is an isotonic
/// regression, solved in linear time by pooling adjacent violators (Best and Chakravarti 1990).
pub(crate) fn stack(items: &[Item], gap: f64, top: f64) -> Vec<f64> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut above = 0.0;
    for item in items {
        let mut block = Block { at: item.preferred - above, weight: item.weight, cards: 1 };
        while let Some(last) = blocks.pop_if(|last| last.at >= block.at) {
            let weight = last.weight + block.weight;
            block = Block {
                at: (last.at * last.weight + block.at * block.weight) / weight,
                weight,
                cards: last.cards + block.cards,
            };
        }
        blocks.push(block);
        above += item.height + gap;
    }

    let is_pinned = |it: &&Block| it.weight >= PINNED;
    let far = blocks.iter().filter(is_pinned).map(|it| it.at).find(|at| *at < top - MAX_PINNED_SHIFT);
    let limit = far.unwrap_or(top);
    let offsets = blocks.iter().flat_map(|it| std::iter::repeat_n(it.at.max(limit), it.cards));
    let mut above = 0.0;
    offsets
        .zip(items)
        .map(|(offset, item)| {
            let at = offset + above;
            above += item.height + gap;
            at
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::{Item, PINNED, stack};

    fn items() -> impl Strategy<Value = Vec<Item>> {
        let item = (0.0..5000.0, 20.0..200.0, Just(1.0));
        vec(
            item.prop_map(|(preferred, height, weight): (f64, f64, f64)| Item { preferred, height, weight }),
            0..40,
        )
        .prop_map(|mut all| {
            all.sort_by(|a, b| a.preferred.total_cmp(&b.preferred));
            all
        })
    }

    proptest! {
        #[test]
        fn cards_keep_their_order_and_their_distance(items in items()) {
            let tops = stack(&items, 8.0, 50.0);
            prop_assert_eq!(tops.len(), items.len());
            prop_assert!(tops.iter().all(|it| *it >= 50.0 - 1e-6));
            for (index, pair) in tops.windows(2).enumerate() {
                prop_assert!(pair[0] + items[index].height + 8.0 <= pair[1] + 1e-6);
            }
        }

        #[test]
        fn cards_with_room_stand_where_they_want_to(count in 0..20_u32) {
            let items: Vec<Item> =
                (0..count).map(|at| Item { preferred: 50.0 + f64::from(at) * 108.0, height: 100.0, weight: 1.0 }).collect();
            let preferred: Vec<f64> = items.iter().map(|it| it.preferred).collect();
            prop_assert_eq!(stack(&items, 8.0, 0.0), preferred);
        }
    }

    #[test]
    fn a_card_that_insists_gets_its_place() {
        let card = |weight| Item { preferred: 300.0, height: 100.0, weight };
        let tops = stack(&[card(1.0), card(PINNED), card(1.0)], 10.0, 0.0);
        assert!((tops[1] - 300.0).abs() < 0.01, "{tops:?}");
        assert!((tops[0] - 190.0).abs() < 0.01 && (tops[2] - 410.0).abs() < 0.01, "{tops:?}");
    }
    #[test]
    fn a_card_that_insists_yields_a_little_and_not_far() {
        let card = |weight| Item { preferred: 50.0, height: 100.0, weight };
        let tops = stack(&[card(1.0), card(1.0), card(PINNED), card(1.0)], 10.0, 0.0);
        assert_eq!(tops, [0.0, 110.0, 220.0, 330.0], "two cards before it stay in sight");

        let tops = stack(&[card(1.0), card(1.0), card(1.0), card(PINNED), card(1.0)], 10.0, 0.0);
        assert!((tops[3] - 50.0).abs() < 0.01, "{tops:?}");
        assert!(tops[2] < 0.0 && (tops[4] - 160.0).abs() < 0.01, "{tops:?}");
        assert!(stack(&[card(1.0), card(1.0), card(1.0)], 10.0, 0.0).iter().all(|it| *it >= 0.0));
    }
}
