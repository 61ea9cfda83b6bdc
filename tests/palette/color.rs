//! How colours look: laid over each other, beside each other, and to people who see fewer colours.

/// Red, green and blue as a style sheet states them, from 0 to 1.
pub(crate) type Rgb = [f64; 3];

/// What lets how much of the colour behind it through.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Paint {
    pub(crate) rgb: Rgb,
    pub(crate) alpha: f64,
}

impl Paint {
    /// Reads `#rgb`, `#rrggbb` and `rgb(r g b / alpha)`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if let Some(digits) = text.strip_prefix('#') {
            let width = digits.len() / 3;
            let channel = |it: usize| {
                u8::from_str_radix(&digits.get(it * width..(it + 1) * width)?.repeat(3 - width), 16).ok()
            };
            let rgb = [channel(0)?, channel(1)?, channel(2)?].map(|it| f64::from(it) / 255.0);
            return Some(Self { rgb, alpha: 1.0 });
        }
        let (channels, alpha) = text.strip_prefix("rgb(")?.strip_suffix(')')?.split_once('/')?;
        let mut channels = channels.split_whitespace().map(|it| it.parse::<u8>().ok());
        let rgb = [channels.next()??, channels.next()??, channels.next()??].map(|it| f64::from(it) / 255.0);
        Some(Self { rgb, alpha: alpha.trim().parse().ok()? })
    }

    /// What is seen if this is painted over `behind`. Browsers mix the values as they are stated.
    pub(crate) fn over(self, behind: Rgb) -> Rgb {
        zip(self.rgb, behind, |front, behind| front * self.alpha + behind * (1.0 - self.alpha))
    }
}

/// A kind of colour vision. Those with fewer colours are the complete forms; the common, partial ones see more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Vision {
    Normal,
    Protanopia,
    Deuteranopia,
    Tritanopia,
}

impl Vision {
    pub(crate) const ALL: [Self; 4] = [Self::Normal, Self::Protanopia, Self::Deuteranopia, Self::Tritanopia];

    /// The matrix for linear light by Machado, Oliveira and Fernandes (2009), for severity 1.
    const fn matrix(self) -> [[f64; 3]; 3] {
        match self {
            Self::Normal => [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            Self::Protanopia => [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
            Self::Deuteranopia => [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
            Self::Tritanopia => [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
        }
    }
}

fn zip(left: [f64; 3], right: [f64; 3], of: impl Fn(f64, f64) -> f64) -> [f64; 3] {
    [of(left[0], right[0]), of(left[1], right[1]), of(left[2], right[2])]
}

fn times(matrix: [[f64; 3]; 3], vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| zip(row, vector, |a, b| a * b).iter().sum())
}

/// The light that a screen gives off for a stated value.
fn linear(rgb: Rgb) -> [f64; 3] {
    rgb.map(|it| if it <= 0.040_45 { it / 12.92 } else { ((it + 0.055) / 1.055).powf(2.4) })
}

fn luminance(rgb: Rgb) -> f64 {
    zip(linear(rgb), [0.2126, 0.7152, 0.0722], |a, b| a * b).iter().sum()
}

/// The contrast by WCAG 2, from 1 to 21.
pub(crate) fn contrast(left: Rgb, right: Rgb) -> f64 {
    let (left, right) = (luminance(left), luminance(right));
    (left.max(right) + 0.05) / (left.min(right) + 0.05)
}

/// Björn Ottosson's `OKLab`, in which equal distances look about equally large.
fn oklab(rgb: Rgb, vision: Vision) -> [f64; 3] {
    let seen = times(vision.matrix(), linear(rgb)).map(|it| it.clamp(0.0, 1.0));
    let cones = [
        [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
        [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
        [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
    ];
    let opponents = [
        [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
        [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
        [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
    ];
    times(opponents, times(cones, seen).map(f64::cbrt))
}

/// How different two colours look: 0 if equal, 1 between black and white.
pub(crate) fn distance(left: Rgb, right: Rgb, vision: Vision) -> f64 {
    let difference = zip(oklab(left, vision), oklab(right, vision), |a, b| a - b);
    difference.iter().map(|it| it * it).sum::<f64>().sqrt()
}

#[test]
fn colors_are_read_and_mixed() {
    let black = Paint { rgb: [0.0; 3], alpha: 1.0 };
    assert_eq!(Paint::parse("#000"), Some(black));
    assert_eq!(Paint::parse("#ff0033").map(|it| it.rgb), Some([1.0, 0.0, 0.2]));
    let half = Paint::parse("rgb(255 0 51 / .5)").unwrap();
    let mixed = zip(half.over([1.0, 1.0, 0.0]), [1.0, 0.5, 0.1], |a, b| (a - b).abs());
    assert!(mixed.iter().all(|it| *it < 1e-9), "{mixed:?}");
    assert_eq!((Paint::parse("red"), Paint::parse("#12"), Paint::parse("rgb(1 2 / .5)")), (None, None, None));
}

#[test]
fn contrast_and_distance_are_those_of_the_standards() {
    let [black, white, grey] = ["#000", "#fff", "#777"].map(|it| Paint::parse(it).unwrap().rgb);
    assert!((contrast(black, white) - 21.0).abs() < 1e-9);
    // The usual example of a grey that just misses AA on white.
    assert!((contrast(white, grey) - 4.48).abs() < 0.005);
    assert!((distance(black, white, Vision::Normal) - 1.0).abs() < 1e-6);
}

#[test]
fn kinds_of_vision_lose_what_they_are_known_to_lose() {
    let [red, green] = ["#c02020", "#5c7a00"].map(|it| Paint::parse(it).unwrap().rgb);
    let grey = Paint::parse("#888").unwrap().rgb;
    for vision in Vision::ALL {
        assert!((distance(grey, [0.0; 3], vision) - distance(grey, [0.0; 3], Vision::Normal)).abs() < 1e-3);
    }
    assert!(distance(red, green, Vision::Normal) > 4.0 * distance(red, green, Vision::Deuteranopia));
    assert!(distance(red, green, Vision::Tritanopia) > 0.15);
}
