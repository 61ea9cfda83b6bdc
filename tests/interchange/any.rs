//! Generators of articles with records on them.

use std::rc::Rc;

use glossator::{
    annotation::{
        Annotation, AnnotationId, AttributeKind, Attributes, Context, Record, ReplicaId, TagId, Timestamp,
        Version, likelihood_words,
    },
    interchange,
    text::{Article, ArticleId, CodePoint, Library},
};
use proptest::{collection::vec, prelude::*, sample::Index};

use crate::default_tags::{argument, every_tag, prediction, proposal, tag_of};

/// The last millisecond of the year 9999.
const LAST_TIME: u64 = 253_402_300_799_999;

/// Articles, and records on them, including tombstones.
#[derive(Clone, Debug)]
pub struct Sample {
    pub articles: Vec<Rc<Article>>,
    pub records: Vec<Record>,
}

impl Sample {
    pub fn context(&self) -> Context {
        context(&self.articles)
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

    /// The stored items of these records.
    pub fn items(&self) -> Vec<(String, String)> {
        let context = self.context();
        self.records.iter().map(|it| interchange::backup_item(it, &context).unwrap()).collect()
    }

    pub fn backup(&self) -> String {
        write_backup(&self.items())
    }

    pub fn export(&self) -> String {
        interchange::write(&self.context(), &self.records, Timestamp(1_795_287_600_000)).unwrap()
    }
}

/// These articles, and the default tags.
pub fn context(articles: &[Rc<Article>]) -> Context {
    articles.iter().cloned().collect::<Library>().into()
}

pub fn write_backup(items: &[(String, String)]) -> String {
    let mut writer = interchange::BackupWriter::new(Timestamp(1_795_287_600_000)).unwrap();
    for (key, value) in items {
        writer.push(key, value).unwrap();
    }
    writer.finish()
}

/// Texts with strings that are hard for positions and for JSON.
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

/// Values for the attributes of a tag: often none, and also the limits of each kind.
pub fn attributes(tag: TagId) -> impl Strategy<Value = Attributes> {
    let value = (any::<Index>(), "\\PC{1,8}", 0..=1_000_u32);
    let tag = tag_of(tag);
    vec(prop::option::weighted(0.4, value), tag.attributes.len()).prop_map(move |values| {
        let mut all = Attributes::default();
        for (attribute, value) in tag.attributes.iter().zip(values) {
            let value = value.map(|(pick, text, number)| match &attribute.kind {
                AttributeKind::Choice(choices) => pick.get(choices).id.to_string(),
                AttributeKind::Text => text,
                AttributeKind::Likelihood => {
                    let words: Vec<_> = likelihood_words().map(|it| it.id.to_owned()).collect();
                    let number = (f64::from(number) / 10.0).to_string();
                    pick.get(&[words, vec![number]].concat()).clone()
                }
                other => unreachable!("no default attribute is {other:?}"),
            });
            all = all.with(attribute.id, value.and_then(|it| attribute.value(&it)));
        }
        all
    })
}

pub fn record(articles: Vec<Rc<Article>>) -> impl Strategy<Value = Record> {
    let place = (any::<Index>(), any::<Index>(), any::<Index>());
    let tag = prop::sample::select(every_tag()).prop_flat_map(|tag| (Just(tag), attributes(tag)));
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

/// Articles of these titles and texts.
fn articles(texts: impl IntoIterator<Item = (String, String)>) -> Vec<Rc<Article>> {
    let article = |(number, (title, text)): (usize, (String, String))| {
        let id = ArticleId::new(&format!("{number}-{title}"));
        Rc::new(Article::new(id, &title, "Note", "a.txt", &text))
    };
    texts.into_iter().enumerate().map(article).collect()
}

pub fn sample() -> impl Strategy<Value = Sample> {
    vec((text(), text()), 1..4).prop_flat_map(|texts| {
        let articles = articles(texts);
        vec(record(articles.clone()), 0..12)
            .prop_map(move |records| Sample { articles: articles.clone(), records })
    })
}

/// The content of a record of [`hard_samples`]: the number of its article, its bytes, its tag, its note and its
/// attributes.
type Content<'a> = (usize, std::ops::Range<usize>, TagId, &'a str, &'a [(&'a str, &'a str)]);

/// Samples on which properties have failed before.
pub fn hard_samples() -> [Sample; 2] {
    let sample = |texts: &[(&str, &str)], contents: &[Option<Content<'_>>]| {
        let articles = articles(texts.iter().map(|(title, text)| ((*title).to_owned(), (*text).to_owned())));
        let record = |(number, content): (u8, &Option<Content<'_>>)| Record {
            id: AnnotationId::mint(Timestamp(u64::from(number)), [number; 10]),
            version: Version { counter: 10_u64.pow(14 + u32::from(number % 2)), replica: ReplicaId(0) },
            modified: Timestamp(u64::from(number)),
            content: content.as_ref().map(|(article, bytes, tag, note, attributes)| {
                let article = &articles[*article];
                let with = |all: Attributes, (id, value): &(&str, &str)| {
                    let attribute = Rc::clone(tag_of(*tag).attribute(id).unwrap());
                    all.with(attribute.id, attribute.value(value))
                };
                Rc::new(Annotation {
                    article: article.id().clone(),
                    span: article.span(bytes.start, bytes.end).unwrap(),
                    tag: *tag,
                    note: (*note).into(),
                    attributes: attributes.iter().fold(Attributes::default(), with),
                    created: Timestamp(0),
                })
            }),
        };
        let records = (0..).zip(contents).map(record).collect();
        Sample { articles, records }
    };
    [
        sample(
            &[
                (
                    "mjfrdes🇺🇳",
                    "\u{45ebd}ahqyuwi\u{7f}</script>v\0\u{57764}zzvzorm\n\nनिx\u{1034fa}.निM䬆hd7</script>zawhkqc$dmanxzscjgnxmrr",
                ),
                ("\\\u{feff}\u{10e351}العربيةX", "p👩\u{200d}🚀az\u{b}שלום"),
            ],
            &[
                None,
                Some((1, 17..21, prediction(), "", &[])),
                Some((1, 14..19, argument(), "\u{202e}.k\u{ba910}'\0/'", &[])),
                None,
                None,
            ],
        ),
        sample(
            &[
                (
                    "¥\u{1b}{\r\n{mcjaah.\t e\"hlyh<\u{65426}\r\nv\u{d714e}eनि+e:kaxqnbm\u{202e}cdrwd\"\u{feff}:dlk",
                    "brmsckblay",
                ),
                (
                    "\u{202e}</script>🇺🇳ujxahcfv\u{2028}\u{7f}«",
                    "pihnqurjuhfb<&xdgdqckwlrlfotjn\u{303}\u{323}👩\u{200d}🚀Ⱥ\r\talc/aydz\u{a0}\"\u{202e}\u{787d1}n\u{303}\u{323}\
                     \u{f4c8d}🇺🇳pzjcyq战略武器",
                ),
                (
                    "bwqnf👨\u{200d}👩\u{200d}👧\u{200d}👦\u{44bc0}🇺🇳z\u{f4665}4xedxkfnvuѨ`Iwnaq\u{3ea94}aetl",
                    "rewawq\t\u{feff}\th\\\u{2028}\u{7f}\u{2028}j\u{e0815}\u{2028}\u{202e}🇺🇳",
                ),
            ],
            &[
                Some((1, 0..34, proposal(), "០a®¡\u{a0}\u{2003}ὐଡ଼𒑰", &[])),
                Some((1, 0..41, proposal(), "െ0 🪀A ਏ0！aA A 𬺰", &[("actor", "\u{fffc}\"←ἠ \"A")])),
                Some((
                    2,
                    17..31,
                    proposal(),
                    "\u{fffd}y&<Xj0𑊅%g.8.&&}𐠁d&%𑛚:ﹴ<!Vþ𞟮%\u{cc6}\\𑧝",
                    &[("actor", "Ѩ{"), ("stated", "explicit")],
                )),
                Some((1, 67..89, argument(), "..{\r\u{4130f}$+🕴Ⱥ\u{89bcb}\u{7f}'.?", &[("role", "claim")])),
                Some((
                    1,
                    68..93,
                    prediction(),
                    "?\t*t\u{3}\u{8}\u{8f}ð\u{68769}",
                    &[("forecaster", "&{𞹬\u{fffd}\u{11c3d}N*"), ("likelihood", "3.5")],
                )),
            ],
        ),
    ]
}
