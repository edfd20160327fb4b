//! EXIF blocks, sound and broken.

/// Which end comes first.
#[derive(Clone, Copy, Debug)]
pub enum Order {
    Little,
    Big,
}

pub const ORDERS: [Order; 2] = [Order::Little, Order::Big];

/// What must never be found in anything we write.
pub const SECRET: &[u8] = b"51.178N-1.826E";

/// A TIFF block with a camera's name, an orientation, and a pointer to where the picture was taken.
pub fn tiff(order: Order, orientation: u16) -> Vec<u8> {
    let short = |n: u16| if let Order::Big = order { n.to_be_bytes() } else { n.to_le_bytes() };
    let long = |n: u32| if let Order::Big = order { n.to_be_bytes() } else { n.to_le_bytes() };
    let mut out = if let Order::Big = order { b"MM\0*".to_vec() } else { b"II*\0".to_vec() };
    out.extend(long(8));
    out.extend(short(3));
    let entries_end = 8 + 2 + 3 * 12 + 4;
    let mut entry = |tag: u16, format: u16, count: u32, value: [u8; 4]| {
        out.extend([&short(tag)[..], &short(format), &long(count), &value].concat());
    };
    entry(0x010F, 2, SECRET.len() as u32, long(entries_end));
    entry(0x0112, 3, 1, [short(orientation)[0], short(orientation)[1], 0, 0]);
    entry(0x8825, 4, 1, long(entries_end));
    out.extend(long(0));
    out.extend(SECRET);
    out
}

/// The block as an APP1 segment holds it.
pub fn app1(tiff: &[u8]) -> Vec<u8> {
    [b"Exif\0\0", tiff].concat()
}
