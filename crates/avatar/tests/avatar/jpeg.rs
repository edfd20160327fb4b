//! A small writer of JPEG files of every kind that a camera, a scanner or somebody ill-disposed may send: any components and
//! sampling, baseline or progressive, restart intervals, foreign segments. One table of each kind serves all components.

use std::f32::consts::PI;

/// A component: its sampling factors, and its samples by position in the whole picture.
pub struct Component<'a> {
    pub across: u32,
    pub down: u32,
    pub sample: &'a dyn Fn(u32, u32) -> u8,
}

/// What to write.
pub struct Jpeg<'a> {
    pub width: u16,
    pub height: u16,
    pub components: Vec<Component<'a>>,
    pub progressive: bool,
    /// MCUs between restart markers; 0 for none.
    pub restart: u16,
    /// Divisor of every coefficient.
    pub quantum: u8,
    /// Marker and content of segments that stand before the tables.
    pub segments: Vec<(u8, Vec<u8>)>,
}

impl<'a> Jpeg<'a> {
    /// Baseline, with full sampling.
    pub fn new(width: u16, height: u16, samples: &[&'a dyn Fn(u32, u32) -> u8]) -> Jpeg<'a> {
        let components = samples.iter().map(|&sample| Component { across: 1, down: 1, sample }).collect();
        Jpeg { width, height, components, progressive: false, restart: 0, quantum: 2, segments: Vec::new() }
    }

    pub fn progressive(mut self) -> Self {
        self.progressive = true;
        self
    }

    pub fn segment(mut self, marker: u8, content: &[u8]) -> Self {
        self.segments.push((marker, content.to_vec()));
        self
    }

    /// Adobe's segment: 0 for CMYK or RGB, 1 for YCbCr, 2 for YCCK.
    pub fn adobe(self, transform: u8) -> Self {
        let mut content = b"Adobe\0\x64\0\0\0\0".to_vec();
        content.push(transform);
        self.segment(0xEE, &content)
    }

    /// Halves the resolution of all components but the first, as cameras do.
    pub fn subsampled(mut self) -> Self {
        (self.components[0].across, self.components[0].down) = (2, 2);
        self
    }

    pub fn write(&self) -> Vec<u8> {
        let mut out = vec![0xFF, 0xD8];
        self.segments.iter().for_each(|(marker, content)| segment(&mut out, *marker, content));
        let mut table = vec![0];
        table.extend([self.quantum; 64]);
        segment(&mut out, 0xDB, &table);
        let mut frame = vec![8];
        frame.extend(self.height.to_be_bytes());
        frame.extend(self.width.to_be_bytes());
        frame.push(self.components.len() as u8);
        for (id, one) in (1..).zip(&self.components) {
            frame.extend([id, (one.across << 4 | one.down) as u8, 0]);
        }
        segment(&mut out, if self.progressive { 0xC2 } else { 0xC0 }, &frame);
        segment(&mut out, 0xC4, &[&[0][..], &DC_COUNTS, &DC_VALUES].concat());
        segment(&mut out, 0xC4, &[&[0x10][..], &AC_COUNTS, &AC_VALUES].concat());
        if self.restart > 0 {
            segment(&mut out, 0xDD, &self.restart.to_be_bytes());
        }
        let planes: Vec<Plane> = self.components.iter().map(|one| self.plane(one)).collect();
        let all: Vec<usize> = (0..planes.len()).collect();
        if self.progressive {
            self.scan(&mut out, &planes, &all, (0, 0));
            all.iter().for_each(|&one| self.scan(&mut out, &planes, &[one], (1, 63)));
        } else {
            self.scan(&mut out, &planes, &all, (0, 63));
        }
        out.extend([0xFF, 0xD9]);
        out
    }

    fn most(&self) -> (u32, u32) {
        let across = self.components.iter().map(|c| c.across).max().unwrap();
        (across, self.components.iter().map(|c| c.down).max().unwrap())
    }

    fn plane(&self, one: &Component) -> Plane {
        let (most_across, most_down) = self.most();
        let (width, height) = (u32::from(self.width), u32::from(self.height));
        let mcus = (width.div_ceil(8 * most_across), height.div_ceil(8 * most_down));
        let stride = mcus.0 * one.across;
        let cosines: [[f32; 8]; 8] = std::array::from_fn(|u| {
            let scale = if u == 0 { (1.0_f32 / 8.0).sqrt() } else { 0.5 };
            std::array::from_fn(|x| scale * ((2 * x + 1) as f32 * u as f32 * PI / 16.0).cos())
        });
        let mut blocks = Vec::with_capacity((stride * mcus.1 * one.down) as usize);
        for row in 0..mcus.1 * one.down {
            for column in 0..stride {
                let samples: [[f32; 8]; 8] = std::array::from_fn(|y| {
                    std::array::from_fn(|x| {
                        let at_x = ((column * 8 + x as u32) * most_across / one.across).min(width - 1);
                        let at_y = ((row * 8 + y as u32) * most_down / one.down).min(height - 1);
                        f32::from((one.sample)(at_x, at_y)) - 128.0
                    })
                });
                let rows: [[f32; 8]; 8] = std::array::from_fn(|y| {
                    std::array::from_fn(|u| (0..8).map(|x| samples[y][x] * cosines[u][x]).sum())
                });
                let coefficient = |v: usize, u: usize| (0..8).map(|y| rows[y][u] * cosines[v][y]).sum::<f32>();
                blocks.push(std::array::from_fn(|k| {
                    let (v, u) = (ZIGZAG[k] / 8, ZIGZAG[k] % 8);
                    (coefficient(v, u) / f32::from(self.quantum)).round() as i16
                }));
            }
        }
        // Blocks that hold a part of the picture: a scan of one component leaves out the others (T.81, A.2.2).
        let own = (
            (width * one.across).div_ceil(most_across).div_ceil(8),
            (height * one.down).div_ceil(most_down).div_ceil(8),
        );
        Plane { blocks, stride, across: one.across, down: one.down, mcus, own }
    }

    fn scan(&self, out: &mut Vec<u8>, planes: &[Plane], chosen: &[usize], band: (usize, usize)) {
        let mut head = vec![chosen.len() as u8];
        chosen.iter().for_each(|&one| head.extend([one as u8 + 1, 0]));
        head.extend([band.0 as u8, band.1 as u8, 0]);
        segment(out, 0xDA, &head);
        let mut bits = Bits { out, kept: 0, count: 0 };
        let mut before = vec![0_i16; planes.len()];
        let units = match chosen {
            [one] => planes[*one].own,
            _ => planes[0].mcus,
        };
        for (count, (row, column)) in (0..units.1).flat_map(|r| (0..units.0).map(move |c| (r, c))).enumerate() {
            if self.restart > 0 && count > 0 && count % usize::from(self.restart) == 0 {
                bits.flush();
                bits.out.extend([0xFF, 0xD0 + ((count / usize::from(self.restart) - 1) % 8) as u8]);
                before.fill(0);
            }
            for &one in chosen {
                let plane = &planes[one];
                let (across, down) = if chosen.len() == 1 { (1, 1) } else { (plane.across, plane.down) };
                for (v, h) in (0..down).flat_map(|v| (0..across).map(move |h| (v, h))) {
                    let block = &plane.blocks[((row * down + v) * plane.stride + column * across + h) as usize];
                    bits.block(block, &mut before[one], band);
                }
            }
        }
        bits.flush();
    }
}

/// A segment with its length.
pub fn segment(out: &mut Vec<u8>, marker: u8, content: &[u8]) {
    out.extend([0xFF, marker]);
    out.extend((content.len() as u16 + 2).to_be_bytes());
    out.extend(content);
}

struct Plane {
    blocks: Vec<[i16; 64]>,
    stride: u32,
    across: u32,
    down: u32,
    mcus: (u32, u32),
    own: (u32, u32),
}

struct Bits<'a> {
    out: &'a mut Vec<u8>,
    kept: u32,
    count: u32,
}

impl Bits<'_> {
    fn block(&mut self, block: &[i16; 64], before: &mut i16, band: (usize, usize)) {
        if band.0 == 0 {
            let difference = block[0] - *before;
            *before = block[0];
            let size = size_of_value(difference);
            self.code(&DC_COUNTS, &DC_VALUES, size as u8);
            self.value(difference, size);
        }
        let mut run = 0;
        let waves = if band.1 == 0 { &[][..] } else { &block[band.0.max(1)..=band.1] };
        for &value in waves {
            if value == 0 {
                run += 1;
                continue;
            }
            while run > 15 {
                self.code(&AC_COUNTS, &AC_VALUES, 0xF0);
                run -= 16;
            }
            let size = size_of_value(value);
            self.code(&AC_COUNTS, &AC_VALUES, (run << 4) as u8 | size as u8);
            self.value(value, size);
            run = 0;
        }
        if run > 0 {
            self.code(&AC_COUNTS, &AC_VALUES, 0);
        }
    }

    /// The canonical code of a symbol (T.81, annex C).
    fn code(&mut self, counts: &[u8; 16], values: &[u8], symbol: u8) {
        let index = values.iter().position(|&v| v == symbol).unwrap() as u32;
        let (mut code, mut first) = (0, 0);
        for (length, &count) in (1..).zip(counts) {
            if index < first + u32::from(count) {
                return self.put(code + index - first, length);
            }
            code = (code + u32::from(count)) << 1;
            first += u32::from(count);
        }
    }

    fn value(&mut self, value: i16, size: u32) {
        let raised = if value < 0 { i32::from(value) + (1 << size) - 1 } else { i32::from(value) };
        self.put(raised as u32, size);
    }

    fn put(&mut self, code: u32, length: u32) {
        self.kept = self.kept << length | code & ((1 << length) - 1);
        self.count += length;
        while self.count >= 8 {
            self.count -= 8;
            let byte = (self.kept >> self.count) as u8;
            self.out.push(byte);
            if byte == 0xFF {
                self.out.push(0);
            }
        }
    }

    fn flush(&mut self) {
        if self.count > 0 {
            self.put(0x7F, 8 - self.count);
        }
    }
}

fn size_of_value(value: i16) -> u32 {
    16 - value.unsigned_abs().leading_zeros()
}

const ZIGZAG: [usize; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21,
    28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54,
    47, 55, 62, 63,
];

const DC_COUNTS: [u8; 16] = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
const DC_VALUES: [u8; 12] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

// The tables of T.81, annex K.3.
const AC_COUNTS: [u8; 16] = [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125];
#[rustfmt::skip]
const AC_VALUES: [u8; 162] = [
    0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07, 0x22, 0x71,
    0x14, 0x32, 0x81, 0x91, 0xa1, 0x08, 0x23, 0x42, 0xb1, 0xc1, 0x15, 0x52, 0xd1, 0xf0, 0x24, 0x33, 0x62, 0x72,
    0x82, 0x09, 0x0a, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x34, 0x35, 0x36, 0x37,
    0x38, 0x39, 0x3a, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59,
    0x5a, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0x83,
    0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0xa2, 0xa3,
    0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xc2, 0xc3,
    0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda, 0xe1, 0xe2,
    0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa,
];
