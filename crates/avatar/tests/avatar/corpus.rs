//! A table of odd files, each with its answer (SPEC PR-08, PR-09).

use avatar::{Limits, open, open_within};
use png::{BitDepth, ColorType};

use crate::exif::{ORDERS, app1, tiff};
use crate::jpeg::{Jpeg, segment};
use crate::paper::{cells, paint};
use crate::png_files::{chunk, end, file, header, insert_before, interlaced, rgb, stored, write, write_with};

/// What a file should get: `96x64`, or a code of [`avatar::Refused`], with a foreign kind behind a colon.
struct Corpus(Vec<(String, Vec<u8>, &'static str)>);

impl Corpus {
    fn add(&mut self, what: impl Into<String>, bytes: impl Into<Vec<u8>>, answer: &'static str) {
        self.0.push((what.into(), bytes.into(), answer));
    }

    fn check(&self) {
        let wrong: Vec<String> = self
            .0
            .iter()
            .filter_map(|(what, bytes, expected)| {
                let answer = answer(bytes, &Limits::PICKED);
                (answer != *expected).then(|| format!("{what}: {answer} instead of {expected}"))
            })
            .collect();
        assert!(wrong.is_empty(), "{} of {} files:\n{}", wrong.len(), self.0.len(), wrong.join("\n"));
    }
}

fn answer(bytes: &[u8], limits: &Limits) -> String {
    match open_within(bytes, limits) {
        Ok(picture) => format!("{}x{}", picture.size().width, picture.size().height),
        Err(avatar::Refused::Foreign(foreign)) => format!("foreign:{foreign}"),
        Err(refused) => refused.code().to_owned(),
    }
}

fn whole_png() -> Vec<u8> {
    rgb((96, 64), paint)
}

#[test]
fn pr08_other_kinds_are_refused_by_name_whatever_they_are_called() {
    let mut corpus = Corpus(Vec::new());
    corpus.add("empty", [], "empty");
    corpus.add("one byte", [0xFF], "unknown");
    corpus.add("words", "this is no picture", "unknown");
    corpus.add("zeros", [0; 4096], "unknown");
    corpus.add(
        "GIF",
        b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;",
        "foreign:gif",
    );
    corpus.add("old GIF", "GIF87a", "foreign:gif");
    corpus.add("WebP", "RIFF\x24\0\0\0WEBPVP8L", "foreign:webp");
    corpus.add("AVI", "RIFF\x24\0\0\0AVI LIST", "foreign:video");
    corpus.add("sound", "RIFF\x24\0\0\0WAVEfmt ", "unknown");
    corpus.add("SVG", "<svg xmlns='http://www.w3.org/2000/svg'/>", "foreign:svg");
    corpus.add("SVG with prolog", "<?xml version='1.0'?>\n<!-- ! -->\n<svg/>", "foreign:svg");
    corpus.add("XML", "<?xml version='1.0'?><note/>", "unknown");
    corpus.add("web page", "\n<!DOCTYPE html><html><svg/></html>", "foreign:html");
    corpus.add("HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "foreign:heic");
    corpus.add("HEIF", b"\0\0\0\x18ftypmif1\0\0\0\0mif1miaf", "foreign:heic");
    corpus.add("AVIF", b"\0\0\0\x1cftypavif\0\0\0\0avifmif1", "foreign:avif");
    corpus.add("MP4", b"\0\0\0\x18ftypisom\0\0\0\0isommp42", "foreign:video");
    corpus.add("Matroska", b"\x1a\x45\xdf\xa3\x01", "foreign:video");
    corpus.add("BMP", b"BM\x3a\0\0\0\0\0\0\0\x36\0\0\0", "foreign:bmp");
    corpus.add("TIFF", b"II*\0\x08\0\0\0", "foreign:tiff");
    corpus.add("TIFF of the other end", b"MM\0*\0\0\0\x08", "foreign:tiff");
    corpus.add("PDF", "%PDF-1.7\n", "foreign:pdf");
    corpus.add("icon", b"\0\0\x01\0\x01\0", "foreign:ico");
    corpus.add("Photoshop", b"8BPS\0\x01", "foreign:psd");
    corpus.add("JPEG 2000", b"\0\0\0\x0cjP  \r\n\x87\n", "foreign:jpeg2000");
    corpus.add("JPEG XL", b"\0\0\0\x0cJXL \r\n\x87\n", "foreign:jpegxl");
    corpus.add("bare JPEG XL", b"\xff\x0a\xfa\x1f", "foreign:jpegxl");
    corpus.add("ZIP", b"PK\x03\x04\x14\0", "foreign:zip");
    corpus.add("PNG spoilt by a text transfer", b"\x89PNG\n\x1a\n", "unknown");
    corpus.add("PNG without its first byte", &whole_png()[1..], "unknown");
    corpus.add("JPEG behind a byte", [&[0][..], &cells(|jpeg| jpeg)].concat(), "unknown");
    let big_gif = [b"GIF89a".to_vec(), vec![0; 6 << 20]].concat();
    corpus.add("GIF that is also too big", big_gif, "foreign:gif");
    corpus.check();
}

#[test]
fn cut_files_are_refused_wherever_they_are_cut() {
    let mut corpus = Corpus(Vec::new());
    let exif = app1(&tiff(ORDERS[0], 1));
    let jpegs = [
        ("baseline", cells(|jpeg| jpeg.segment(0xE1, &exif))),
        ("progressive", cells(|jpeg| jpeg.progressive())),
        ("half chroma with restarts", cells(|jpeg| Jpeg { restart: 2, ..jpeg.subsampled() })),
    ];
    for (what, whole) in jpegs {
        assert_eq!(answer(&whole, &Limits::PICKED), "96x64");
        for at in (3..whole.len()).step_by(7) {
            corpus.add(format!("{what} JPEG of {at} bytes"), &whole[..at], "truncated");
        }
        corpus.add(format!("{what} JPEG without its last byte"), &whole[..whole.len() - 1], "truncated");
    }
    for (what, whole) in [("plain", whole_png()), ("interlaced", interlaced((96, 64), paint))] {
        assert_eq!(answer(&whole, &Limits::PICKED), "96x64");
        for at in (8..whole.len()).step_by(whole.len() / 60) {
            corpus.add(format!("{what} PNG of {at} bytes"), &whole[..at], "truncated");
        }
        corpus.add(format!("{what} PNG without its last byte"), &whole[..whole.len() - 1], "truncated");
    }
    assert!(corpus.0.len() > 300, "{}", corpus.0.len());
    corpus.check();
}

#[test]
fn bombs_are_refused_before_they_are_decoded() {
    let mut corpus = Corpus(Vec::new());
    let claim = |width, height, depth, color| {
        file(&[header(width, height, depth, color, false), chunk(b"IDAT", &stored(&[0; 99])), end()])
    };
    corpus.add("PNG that claims 60000 × 60000", claim(60_000, 60_000, 8, 2), "too-many-pixels");
    corpus.add("PNG that claims 2³¹−1 × 2³¹−1", claim(0x7FFF_FFFF, 0x7FFF_FFFF, 16, 6), "too-many-pixels");
    corpus.add("PNG that claims more than the standard allows", claim(u32::MAX, u32::MAX, 8, 2), "too-many-pixels");
    corpus.add("PNG of one endless line", claim(30_000, 1, 8, 0), "too-many-pixels");
    corpus.add("PNG of one pixel too many", claim(8192, 6145, 8, 0), "too-many-pixels");
    corpus.add("PNG that claims 48 megapixels and has none", claim(8192, 6144, 8, 2), "damaged");
    corpus.add("PNG of no width", claim(0, 5, 8, 2), "damaged");
    corpus.add("PNG of no height", claim(5, 0, 8, 2), "damaged");
    let jpeg_claim = |width: u16, height: u16, shape: &dyn Fn(Jpeg) -> Jpeg| {
        let mut bytes = cells(shape);
        let at = bytes.windows(2).position(|w| w == [0xFF, 0xC0] || w == [0xFF, 0xC2]).unwrap() + 5;
        bytes[at..at + 4].copy_from_slice(&[height.to_be_bytes(), width.to_be_bytes()].concat());
        bytes
    };
    corpus.add("JPEG that claims 60000 × 60000", jpeg_claim(60_000, 60_000, &|jpeg| jpeg), "too-many-pixels");
    corpus.add(
        "JPEG that claims 65535 × 65535",
        jpeg_claim(65_535, 65_535, &|jpeg| jpeg.progressive()),
        "too-many-pixels",
    );
    corpus.add(
        "progressive JPEG with full chroma of 48 megapixels",
        jpeg_claim(8192, 6144, &|jpeg| jpeg.progressive()),
        "too-complex",
    );
    corpus.add("JPEG that claims 48 megapixels and has 6144", jpeg_claim(8192, 6144, &|jpeg| jpeg), "truncated");
    corpus.add("JPEG of no width", jpeg_claim(0, 64, &|jpeg| jpeg), "damaged");
    corpus.add("JPEG of no height", jpeg_claim(96, 0, &|jpeg| jpeg), "damaged");
    let progressive = cells(|jpeg| jpeg.progressive());
    let last = progressive.windows(2).rposition(|w| w == [0xFF, 0xDA]).unwrap();
    let (head, scan) = (&progressive[..last], &progressive[last..progressive.len() - 2]);
    let many = |scans: usize| [head, &scan.repeat(scans), &[0xFF, 0xD9]].concat();
    corpus.add("progressive JPEG of 40 scans", many(37), "96x64");
    corpus.add("progressive JPEG of 400 scans", many(397), "too-complex");
    corpus.check();
}

#[test]
fn a_zlib_bomb_costs_no_more_than_its_picture() {
    // 48 megapixels of zeros in some 50 kB: allowed, and no more is inflated than the header says.
    let (width, height) = (8192, 6144);
    let bomb = write((width, height), ColorType::Grayscale, BitDepth::One, &vec![0; (width * height / 8) as usize]);
    assert!(bomb.len() < 60_000, "{}", bomb.len());
    assert_eq!(answer(&bomb, &Limits::PICKED), "8192x6144");
    let less = Limits { memory_bytes: 100 << 20, ..Limits::PICKED };
    assert_eq!(answer(&bomb, &less), "too-complex");
    // The same data under a header of eight by eight pixels.
    let small = [&bomb[..8], &header(8, 8, 1, 0, false), &bomb[33..]].concat();
    assert_eq!(answer(&small, &Limits::PICKED), "8x8");
    // In text and profile, which are skipped.
    let zeros = [b"p\0\0".to_vec(), stored(&[0; 60_000])].concat();
    let chunks = [chunk(b"zTXt", &zeros), chunk(b"iCCP", &zeros)].concat();
    assert_eq!(answer(&insert_before(&whole_png(), b"IDAT", &chunks), &Limits::PICKED), "96x64");
}

#[test]
fn damage_is_refused() {
    let mut corpus = Corpus(Vec::new());
    let whole = whole_png();
    let bits = |data: &[u8]| file(&[header(9, 9, 8, 2, false), chunk(b"IDAT", data), end()]);
    corpus.add("PNG of rubbish", bits(b"this is not compressed data"), "damaged");
    corpus.add("PNG of too few pixels", bits(&stored(&[0; 100])), "damaged");
    corpus.add("PNG with an unknown filter", bits(&stored(&[9; 9 * 28])), "damaged");
    corpus.add("PNG without pixels", file(&[header(9, 9, 8, 2, false), end()]), "damaged");
    corpus.add("PNG that begins with its end", file(&[end(), header(9, 9, 8, 2, false)]), "damaged");
    corpus.add("PNG of a depth that does not exist", file(&[header(9, 9, 7, 2, false), end()]), "damaged");
    corpus.add("PNG of a colour type that does not exist", file(&[header(9, 9, 8, 5, false), end()]), "damaged");
    corpus.add(
        "PNG without its palette",
        file(&[header(9, 9, 8, 3, false), chunk(b"IDAT", &stored(&[0; 90])), end()]),
        "damaged",
    );
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 0x10;
    corpus.add("PNG with a bit flipped", flipped, "damaged");
    let mut crc = whole.clone();
    crc[29] ^= 1;
    corpus.add("PNG whose header fails its checksum", crc, "damaged");
    corpus.add("PNG with signature only", &whole[..8], "truncated");

    let jpeg = cells(|jpeg| jpeg);
    let scan = jpeg.windows(2).position(|w| w == [0xFF, 0xDA]).unwrap();
    let without = |marker: u8| {
        let at = jpeg.windows(2).position(|w| w == [0xFF, marker]).unwrap();
        let length = usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
        [&jpeg[..at], &jpeg[at + 2 + length..]].concat()
    };
    corpus.add("JPEG without tables of quantisation", without(0xDB), "damaged");
    corpus.add("JPEG without codes", [&without(0xC4)[..]].concat(), "damaged");
    corpus.add("JPEG without a frame", without(0xC0), "damaged");
    corpus.add("JPEG without a scan", [&jpeg[..scan], &[0xFF, 0xD9]].concat(), "truncated");
    corpus.add("JPEG of two markers", [0xFF, 0xD8, 0xFF, 0xD9], "truncated");
    corpus.add("JPEG of ones", [&jpeg[..scan + 14], &[0xFF, 0x00].repeat(900), &[0xFF, 0xD9]].concat(), "damaged");
    let mut lying = jpeg.clone();
    lying[scan + 2] = 0xFF;
    corpus.add("JPEG with a segment longer than the file", lying, "truncated");
    let process = |marker: u8| {
        let mut bytes = jpeg.clone();
        let at = bytes.windows(2).position(|w| w == [0xFF, 0xC0]).unwrap() + 1;
        bytes[at] = marker;
        bytes
    };
    for marker in [0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF] {
        corpus.add(format!("JPEG of process {marker:x}"), process(marker), "unsupported");
    }
    let mut deep = jpeg.clone();
    deep[jpeg.windows(2).position(|w| w == [0xFF, 0xC0]).unwrap() + 4] = 12;
    corpus.add("JPEG of 12 bits", deep, "unsupported");
    let flat: &dyn Fn(u32, u32) -> u8 = &|_, _| 90;
    corpus.add("JPEG of two channels", Jpeg::new(20, 20, &[flat; 2]).write(), "unsupported");
    corpus.add("JPEG of five channels", Jpeg::new(20, 20, &[flat; 5]).write(), "unsupported");
    corpus.check();
}

#[test]
fn strange_but_sound_files_are_accepted() {
    let mut corpus = Corpus(Vec::new());
    let jpeg = cells(|jpeg| jpeg);
    let png = whole_png();
    let behind = |more: &[u8]| [&jpeg[..], more].concat();
    corpus.add("JPEG with words behind it", behind(b"PK\x03\x04 and an archive"), "96x64");
    corpus.add("JPEG with zeros behind it", behind(&[0; 4096]), "96x64");
    corpus.add("MPO: two JPEGs", behind(&cells(|jpeg| jpeg.progressive())), "96x64");
    corpus.add("JPEG with a cut JPEG behind it", behind(&jpeg[..200]), "96x64");
    let thumbnail = [app1(&tiff(ORDERS[0], 1)), Jpeg::new(8, 8, &[&|_, _| 7]).write()].concat();
    corpus.add("JPEG with a JPEG in its EXIF", cells(|jpeg| jpeg.segment(0xE1, &thumbnail)), "96x64");
    corpus.add("JPEG with a comment of 65533 bytes", cells(|jpeg| jpeg.segment(0xFE, &[0xFF; 65_533])), "96x64");
    corpus.add("JPEG with an empty comment", cells(|jpeg| jpeg.segment(0xFE, b"")), "96x64");
    corpus.add("JPEG with EXIF of rubbish", cells(|jpeg| jpeg.segment(0xE1, b"Exif\0\0\xff\xff\xff\xff")), "96x64");
    corpus.add("JPEG with EXIF of nothing", cells(|jpeg| jpeg.segment(0xE1, b"Exif\0\0")), "96x64");
    corpus.add(
        "JPEG with a profile in pieces that do not fit",
        cells(|jpeg| jpeg.segment(0xE2, b"ICC_PROFILE\0\x09\x02rubbish")),
        "96x64",
    );
    let mut filled = jpeg[..2].to_vec();
    filled.extend([0xFF; 9]);
    filled.extend(&jpeg[2..]);
    corpus.add("JPEG with fill bytes before a marker", filled, "96x64");
    let scan = jpeg.windows(2).position(|w| w == [0xFF, 0xDA]).unwrap();
    let half = [&jpeg[..scan + (jpeg.len() - scan) / 2], &[0xFF, 0xD9]].concat();
    corpus.add("JPEG of half its pixels with an end, shown as far as it goes", half, "96x64");
    corpus.add("JPEG of one pixel", Jpeg::new(1, 1, &[&|_, _| 9]).write(), "1x1");
    corpus.add("JPEG of one tall line", Jpeg::new(1, 20_000, &[&|_, _| 9]).write(), "1x20000");
    let mut frame = Vec::new();
    segment(&mut frame, 0xE0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0");
    corpus.add("JPEG with JFIF's header twice", [&jpeg[..2], &frame, &frame, &jpeg[2..]].concat(), "96x64");
    corpus.add("PNG with words behind it", [&png[..], b"words"].concat(), "96x64");
    corpus.add("PNG with a private chunk", insert_before(&png, b"IDAT", &chunk(b"vpAg", &[7; 30])), "96x64");
    corpus.add("PNG with EXIF of rubbish", insert_before(&png, b"IDAT", &chunk(b"eXIf", b"rubbish")), "96x64");
    corpus.add("PNG of one pixel", rgb((1, 1), paint), "1x1");
    corpus.add("interlaced PNG of one pixel", interlaced((1, 1), paint), "1x1");
    corpus.add("interlaced PNG of five by three", interlaced((5, 3), paint), "5x3");
    let wrong_index =
        write_with((4, 4), ColorType::Indexed, BitDepth::Eight, &[200; 16], |png| png.set_palette(vec![1, 2, 3]));
    corpus.add("PNG of colours that its palette lacks", wrong_index, "4x4");
    let frames = animated();
    corpus.add("animated PNG", frames, "16x16");
    corpus.check();
}

/// Two frames; the first is the still picture.
fn animated() -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, 16, 16);
    encoder.set_color(ColorType::Rgb);
    encoder.set_animated(2, 0).unwrap();
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&[9; 16 * 16 * 3]).unwrap();
    writer.write_image_data(&[200; 16 * 16 * 3]).unwrap();
    writer.finish().unwrap();
    out
}

#[test]
fn two_starts_in_a_row_are_one_jpeg_too_many() {
    let jpeg = cells(|jpeg| jpeg);
    let twice = [&[0xFF, 0xD8][..], &jpeg].concat();
    assert_eq!(answer(&twice, &Limits::PICKED), "damaged");
}

#[test]
fn an_animated_picture_is_its_still() {
    let picture = open(&animated()).unwrap();
    crate::paper::assert_plain(&picture.preview(16), [9, 9, 9], "the still");
}

#[test]
fn pr09_five_mebibytes_pass_and_one_byte_more_is_refused_unread() {
    let limit = 5 * 1024 * 1024;
    for whole in [cells(|jpeg| jpeg), whole_png()] {
        let padded = |length: usize| {
            let mut bytes = whole.clone();
            bytes.resize(length, 0);
            bytes
        };
        assert_eq!(answer(&padded(limit), &Limits::PICKED), "96x64");
        assert_eq!(answer(&padded(limit + 1), &Limits::PICKED), "too-many-bytes");
        let mut broken = padded(limit + 1);
        broken[20..].fill(0xEE);
        assert_eq!(answer(&broken, &Limits::PICKED), "too-many-bytes", "nothing behind the kind was looked at");
    }
}
