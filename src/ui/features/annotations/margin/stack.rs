//! Where the cards of the margin go: beside their passages, in order, and never over each other.

/// A card to be placed. All lengths are in CSS pixels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    /// Where its top would best be.
    pub(crate) wanted: f64,
    /// How tall it is.
    pub(crate) height: f64,
    /// How much it insists, against its neighbours.
    pub(crate) weight: f64,
}

/// The weight of a card that has its place whatever the others want.
pub(crate) const INSISTS: f64 = 1e9;

/// How far such a card still yields to those before it, so that a few of them stay in sight.
const YIELDS: f64 = 200.0;

/// Cards that touch, as one block.
#[derive(Clone, Copy)]
struct Block {
    /// Weighted mean of where its cards want it.
    at: f64,
    weight: f64,
    cards: usize,
}

/// The tops of the cards in order, at least `gap` apart and none above `top`, with the least sum of weighted squared
/// distances from where they want to be. A card that insists on its place makes a little room for those before it; where
/// that would take it far from its place, those stand above `top` instead.
///
/// Less the heights above it, the wish of each card is a number, and the tops less the same must not decrease: an
/// isotonic regression, solved by pooling adjacent violators (Best and Chakravarti 1990) in linear time.
pub(crate) fn stack(items: &[Item], gap: f64, top: f64) -> Vec<f64> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut above = 0.0;
    for item in items {
        let mut block = Block { at: item.wanted - above, weight: item.weight, cards: 1 };
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

    let insists = |it: &&Block| it.weight >= INSISTS;
    let far = blocks.iter().filter(insists).map(|it| it.at).find(|at| *at < top - YIELDS);
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

    use super::{INSISTS, Item, stack};

    fn items() -> impl Strategy<Value = Vec<Item>> {
        let item = (0.0..5000.0, 20.0..200.0, Just(1.0));
        vec(item.prop_map(|(wanted, height, weight): (f64, f64, f64)| Item { wanted, height, weight }), 0..40)
            .prop_map(|mut all| {
                all.sort_by(|a, b| a.wanted.total_cmp(&b.wanted));
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
                (0..count).map(|at| Item { wanted: 50.0 + f64::from(at) * 108.0, height: 100.0, weight: 1.0 }).collect();
            let wanted: Vec<f64> = items.iter().map(|it| it.wanted).collect();
            prop_assert_eq!(stack(&items, 8.0, 0.0), wanted);
        }
    }

    #[test]
    fn a_card_that_insists_gets_its_place() {
        let card = |weight| Item { wanted: 300.0, height: 100.0, weight };
        let tops = stack(&[card(1.0), card(INSISTS), card(1.0)], 10.0, 0.0);
        assert!((tops[1] - 300.0).abs() < 0.01, "{tops:?}");
        assert!((tops[0] - 190.0).abs() < 0.01 && (tops[2] - 410.0).abs() < 0.01, "{tops:?}");
    }
    #[test]
    fn a_card_that_insists_yields_a_little_and_not_far() {
        let card = |weight| Item { wanted: 50.0, height: 100.0, weight };
        let tops = stack(&[card(1.0), card(1.0), card(INSISTS), card(1.0)], 10.0, 0.0);
        assert_eq!(tops, [0.0, 110.0, 220.0, 330.0], "two cards before it stay in sight");

        let tops = stack(&[card(1.0), card(1.0), card(1.0), card(INSISTS), card(1.0)], 10.0, 0.0);
        assert!((tops[3] - 50.0).abs() < 0.01, "{tops:?}");
        assert!(tops[2] < 0.0 && (tops[4] - 160.0).abs() < 0.01, "{tops:?}");
        assert!(stack(&[card(1.0), card(1.0), card(1.0)], 10.0, 0.0).iter().all(|it| *it >= 0.0));
    }
}
