use proptest::prelude::*;

use super::*;

fn file(layout: Layout, packets: &[Vec<u8>]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut writer = Writer::begin(7, layout, &mut out);
    packets.iter().for_each(|packet| writer.packet(packet, 960, &mut out));
    writer.finish(&mut out);
    out
}

#[test]
fn the_header_is_that_of_rfc_7845() {
    let bytes = file(Layout::TwoVoices, &[]);
    // One page, one segment of 23 bytes.
    assert_eq!(&bytes[..6], b"OggS\0\x02");
    assert_eq!(&bytes[26..28], &[1, 23]);
    assert_eq!(&bytes[28..51], b"OpusHead\x01\x02\x38\x01\x80\xbb\0\0\0\0\x01\x02\0\0\x01");
    assert_eq!(&bytes[51..55], b"OggS");
    // CRC-32/CKSUM of "123456789" is 765E7680; Ogg leaves out its last inversion.
    assert_eq!(page::checksum(b"123456789"), 0x89a1_897f);
}

#[test]
fn an_empty_file_is_one_and_what_is_none_says_why() {
    let read_back = read(&file(Layout::Mono, &[])).expect("a file");
    assert_eq!((read_back.packets.len(), read_back.torn, read_back.samples), (0, false, Some(0)));
    assert_eq!(read(b""), Err(BadOgg::NotOgg));
    assert_eq!(read(b"RIFF and more than enough to be a header of something"), Err(BadOgg::NotOgg));
    let mut other = Vec::new();
    page::write(2, 0, 1, 0, (&[30], &[b'v'; 30]), &mut other);
    assert_eq!(read(&other), Err(BadOgg::NotOpus));
    let mut six = Vec::new();
    let mut head = b"OpusHead\x01\x06".to_vec();
    head.extend([0; 20]);
    page::write(2, 0, 1, 0, (&[head.len() as u8], &head), &mut six);
    assert_eq!(read(&six), Err(BadOgg::Channels));
}

#[test]
fn a_packet_over_two_pages_is_put_together() {
    let mut bytes = Vec::new();
    let _ = Writer::begin(1, Layout::Mono, &mut bytes);
    page::write(0, u64::MAX, 1, 2, (&[255], &[1; 255]), &mut bytes);
    page::write(page::CONTINUED | page::LAST, 960, 1, 3, (&[5, 3], &[2; 8]), &mut bytes);
    let read_back = read(&bytes).expect("a file");
    assert_eq!(read_back.packets.iter().map(Vec::len).collect::<Vec<_>>(), [260, 3]);
}

proptest! {
    #[test]
    fn what_was_written_is_read(
        packets in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..700), 0..120), two in any::<bool>(),
    ) {
        let layout = if two { Layout::TwoVoices } else { Layout::Mono };
        let read_back = read(&file(layout, &packets)).unwrap();
        let samples = (packets.len() as u64 * 960).saturating_sub(312);
        prop_assert_eq!(&read_back, &OggOpus { layout, pre_skip: 312, packets, samples: Some(samples), torn: false });
    }

    /// Of a file that was torn off anywhere, at most 200 ms and the page under way are missing.
    #[test]
    fn of_a_torn_file_all_whole_pages_are_read(count in 30usize..200, cut in 0.0f64..1.0) {
        let packets = vec![vec![3; 60]; count];
        let whole = file(Layout::Mono, &packets);
        let start = 100;
        let cut = start + ((whole.len() - 1 - start) as f64 * cut) as usize;
        let read_back = read(&whole[..cut]).unwrap();
        prop_assert!(read_back.torn);
        let share = (cut - start) as f64 / (whole.len() - start) as f64;
        prop_assert!(read_back.packets.len() + 12 >= (count as f64 * share) as usize);
    }

    #[test]
    fn nothing_makes_it_panic(mut bytes in prop::collection::vec(any::<u8>(), 0..2000), at in any::<prop::sample::Index>(), value: u8) {
        let _ = read(&bytes);
        let mut damaged = file(Layout::TwoVoices, &vec![vec![1; 300]; 20]);
        let at = at.index(damaged.len());
        damaged[at] = value;
        damaged.append(&mut bytes);
        let _ = read(&damaged);
    }
}
