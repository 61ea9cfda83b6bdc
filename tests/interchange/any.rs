//! Arbitrary articles with arbitrary records on them.

use std::rc::Rc;

use glossator::{
    annotation::{
        Annotation, AnnotationId, AttributeKind, Attributes, Record, ReplicaId, Tag, Timestamp, Version,
        likelihood_words,
    },
    interchange,
    text::{Article, ArticleId, CodePoint, Library},
};
use proptest::{collection::vec, prelude::*, sample::Index};

/// The last millisecond of the year 9999.
const LAST_TIME: u64 = 253_402_300_799_999;

/// Articles and records on them, tombstones included.
#[derive(Clone, Debug)]
pub struct Sample {
    pub articles: Vec<Rc<Article>>,
    pub records: Vec<Record>,
}

impl Sample {
    pub fn library(&self) -> Library {
        self.articles.iter().cloned().collect()
    }

    /// The live records in the order of an export.
    pub fn live(&self) -> Vec<Record> {
        let mut live: Vec<_> = self.records.iter().filter(|it| it.content.is_some()).cloned().collect();
        live.sort_by_key(|record| {
            let annotation = record.content.as_ref().unwrap();
            let place = self.articles.iter().position(|it| *it.id() == annotation.article);
            (place, annotation.span.start(), annotation.span.end(), record.id)
        });
        live
    }

    /// Everything that a page with these records keeps.
    pub fn items(&self) -> Vec<(String, String)> {
        let library = self.library();
        self.records.iter().map(|it| interchange::backup_item(it, &library).unwrap()).collect()
    }

    pub fn backup(&self) -> String {
        write_backup(&self.items())
    }

    pub fn export(&self) -> String {
        interchange::write(&self.articles, &self.records, Timestamp(1_795_287_600_000)).unwrap()
    }
}

pub fn write_backup(items: &[(String, String)]) -> String {
    let mut writer = interchange::BackupWriter::new(Timestamp(1_795_287_600_000)).unwrap();
    for (key, value) in items {
        writer.push(key, value).unwrap();
    }
    writer.finish()
}

/// Texts with what positions and JSON trip over: each piece is as likely as any other character.
pub fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        "[a-z]{1,8}".prop_map(String::from),
        prop::sample::select(vec![
            "\r\n",
            "\n\n",
            "\r",
            "\t",
            " ",
            "\u{a0}",
            "\u{2028}",
            "\u{feff}",
            "\0",
            "\"",
            "\\",
            "\u{7f}",
            "</script>",
            "e\u{301}",
            "n\u{303}\u{323}",
            "👩‍🚀",
            "👨‍👩‍👧‍👦",
            "🇺🇳",
            "𝕏",
            "𠜎",
            "שלום",
            "العربية",
            "\u{202e}",
            "战略武器",
            "नि",
        ])
        .prop_map(String::from),
    ];
    vec(piece, 1..40).prop_map(|pieces| pieces.concat())
}

/// Values for the attributes of a tag: often none, and of each kind also what is at its edges.
pub fn attributes(tag: Tag) -> impl Strategy<Value = Attributes> {
    let value = (any::<Index>(), "\\PC{1,8}", 0..=1_000_u32);
    vec(prop::option::weighted(0.4, value), tag.attributes().len()).prop_map(move |values| {
        let mut all = Attributes::default();
        for (attribute, value) in tag.attributes().iter().zip(values) {
            let value = value.map(|(pick, text, number)| match &attribute.kind {
                AttributeKind::Choice(choices) => pick.get(choices).id.to_owned(),
                AttributeKind::Text => text,
                AttributeKind::Likelihood => {
                    let words: Vec<_> = likelihood_words().map(|it| it.id.to_owned()).collect();
                    let number = (f64::from(number) / 10.0).to_string();
                    pick.get(&[words, vec![number]].concat()).clone()
                }
            });
            all = all.with(attribute, value.as_deref());
        }
        all
    })
}

pub fn record(articles: Vec<Rc<Article>>) -> impl Strategy<Value = Record> {
    let place = (any::<Index>(), any::<Index>(), any::<Index>());
    let tag = prop::sample::select(&Tag::ALL[..]).prop_flat_map(|tag| (Just(tag), attributes(tag)));
    let content = (place, tag, "\\PC*|.{0,20}", 0..=LAST_TIME);
    let version = (0..=Version::LAST, any::<u64>());
    (any::<[u8; 10]>(), prop::option::weighted(0.8, content), version, 0..=LAST_TIME).prop_map(
        move |(entropy, content, (counter, replica), modified)| Record {
            id: AnnotationId::mint(Timestamp(modified), entropy),
            version: Version { counter, replica: ReplicaId(replica) },
            modified: Timestamp(modified),
            content: content.map(|((article, start, length), (tag, attributes), note, created)| {
                let article = article.get(&articles);
                let start = start.index(article.length().0);
                let end = start + 1 + length.index(article.length().0 - start);
                Rc::new(Annotation {
                    article: article.id().clone(),
                    span: article.span_of_code_points(CodePoint(start), CodePoint(end)).unwrap(),
                    tag,
                    note: note.into(),
                    attributes,
                    created: Timestamp(created),
                })
            }),
        },
    )
}

pub fn sample() -> impl Strategy<Value = Sample> {
    vec((text(), text()), 1..4).prop_flat_map(|texts| {
        let article = |(number, (title, text)): (usize, (String, String))| {
            let id = ArticleId::new(&format!("{number}-{title}"));
            Rc::new(Article::new(id, &title, "Note", "a.txt", &text))
        };
        let articles: Vec<_> = texts.into_iter().enumerate().map(article).collect();
        vec(record(articles.clone()), 0..12)
            .prop_map(move |records| Sample { articles: articles.clone(), records })
    })
}
