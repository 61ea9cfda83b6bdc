//! The classes that draw something in the appearance of a tag.

use std::rc::Rc;

use yew::prelude::*;

use crate::annotation::{Tag, UNKNOWN_TAG};

/// The classes for the hue and the line style of a tag, or of one that the codebook lacks.
pub(crate) fn class_names(tag: Option<&Rc<Tag>>) -> [&'static str; 2] {
    let (hue, line) = tag.map_or(UNKNOWN_TAG, |it| (it.hue, it.line));
    [hue.class(), line.class()]
}

/// The same for an element of Yew, which has other classes before them.
pub(crate) fn look(others: &'static str, tag: Option<&Rc<Tag>>) -> Classes {
    let [hue, line] = class_names(tag);
    classes!(others, hue, line)
}

#[cfg(test)]
mod tests {
    use super::class_names;
    use crate::annotation::Codebook;

    #[test]
    fn a_tag_that_the_codebook_lacks_is_drawn_too() {
        let codebook = Codebook::default();
        let all: Vec<_> = codebook.tags().iter().map(|it| class_names(Some(it))).collect();
        assert_eq!(
            all,
            [["hue-blue", "line-solid"], ["hue-amber", "line-dashed"], ["hue-plum", "line-dotted"]]
        );
        assert_eq!(class_names(codebook.find("no-such-tag")), ["hue-slate", "line-solid"]);
    }
}
