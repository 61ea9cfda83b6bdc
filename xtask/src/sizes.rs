//! Prints how much a visitor downloads.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;

/// The size of a file in bytes, raw and compressed as servers do.
#[derive(Clone, Copy, Default)]
struct Sizes {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

impl Sizes {
    fn of(bytes: &[u8]) -> Result<Self> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes)?;
        let gzip = gzip.finish()?;

        let mut compressed = Vec::new();
        let mut brotli = brotli::CompressorWriter::new(&mut compressed, 4096, 11, 22);
        brotli.write_all(bytes)?;
        drop(brotli);

        Ok(Self { raw: length(bytes), gzip: length(&gzip), brotli: length(&compressed) })
    }

    fn plus(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, gzip: self.gzip + other.gzip, brotli: self.brotli + other.brotli }
    }
}

fn length(bytes: &[u8]) -> u64 {
    bytes.len() as u64
}

/// Prints the size of each file in a folder, and the total.
pub(crate) fn print(folder: &Path) -> Result<()> {
    let mut files = Vec::new();
    collect(folder, "", &mut files)?;
    files.sort_by(|(left, _), (right, _)| left.cmp(right));
    println!("\n{}", table(&files));
    Ok(())
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, Sizes)>) -> Result<()> {
    let unreadable = || format!("{} cannot be read", folder.display());
    for entry in fs::read_dir(folder).with_context(unreadable)? {
        let entry = entry.with_context(unreadable)?;
        let path = entry.path();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files)?;
        } else {
            let bytes = fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            files.push((name, Sizes::of(&bytes)?));
        }
    }
    Ok(())
}

/// An aligned table of sizes, in kilobytes (1,000 bytes).
fn table(files: &[(String, Sizes)]) -> String {
    let total = files.iter().fold(Sizes::default(), |sum, (_, sizes)| sum.plus(*sizes));
    let heading = ["kB", "raw", "gzip", "brotli"].map(str::to_owned);
    let mut rows = vec![heading];
    rows.extend(files.iter().map(|(name, sizes)| row(name, *sizes)));
    rows.push(row("total", total));

    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2), width(3)];
    rows.iter()
        .map(|[name, raw, gzip, brotli]| {
            let [first, second, third, fourth] = widths;
            format!("{name:first$}  {raw:>second$}  {gzip:>third$}  {brotli:>fourth$}")
        })
        .collect::<Vec<_>>()
        .join("\n")
}

fn row(name: &str, sizes: Sizes) -> [String; 4] {
    [name.to_owned(), kilobytes(sizes.raw), kilobytes(sizes.gzip), kilobytes(sizes.brotli)]
}

/// A size in kilobytes with one decimal, rounded up so that no file seems empty.
fn kilobytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_aligned_and_summed() {
        let sizes = |raw, gzip, brotli| Sizes { raw, gzip, brotli };
        let files = [
            ("index.html".to_owned(), sizes(900, 500, 401)),
            ("page.wasm".to_owned(), sizes(1_234_000, 400_000, 300_000)),
        ];
        let expected = "\
kB             raw   gzip  brotli
index.html     0.9    0.5     0.5
page.wasm   1234.0  400.0   300.0
total       1234.9  400.5   300.5";
        assert_eq!(table(&files), expected);
    }
}
