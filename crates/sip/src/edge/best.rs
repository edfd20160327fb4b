//! Which of several final responses the caller gets (RFC 3261 §16.7 step 6).

/// The index of the best of these status codes (all ≥ 300); `None` when there is none.
///
/// 6xx first, then the lowest class. Within 4xx first what the caller can cure (§16.7 names 401, 407, 415, 420, 484), then
/// what tells most about a human: busy before not acceptable before not there.
pub(super) fn best(codes: &[u16]) -> Option<usize> {
    codes.iter().enumerate().min_by_key(|(_, code)| rank(**code)).map(|(index, _)| index)
}

fn rank(code: u16) -> (u16, u16) {
    let class = if code >= 600 { 0 } else { code / 100 };
    let within = match code {
        401 | 407 | 415 | 420 | 484 => 0,
        486 => 1,
        488 => 2,
        404 | 410 => 4,
        480 => 5,
        408 => 6,
        487 => 7,
        _ => 3,
    };
    (class, within)
}

/// What goes upstream for a branch's code: a 503 is about the hop below us, not about us (§16.7 step 6).
pub(super) fn upstream(code: u16) -> u16 {
    if code == 503 { 500 } else { code }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn best_response_by_table() {
        let table: [(&[u16], u16); 8] = [
            (&[486, 603, 480], 603),
            (&[500, 486], 486),
            (&[480, 486], 486),
            (&[408, 480], 480),
            (&[487, 408], 408),
            (&[302, 486], 302),
            (&[486, 407], 407),
            (&[503, 500], 503),
        ];
        for (codes, expected) in table {
            assert_eq!(best(codes).map(|i| codes[i]), Some(expected), "{codes:?}");
        }
        assert_eq!(best(&[]), None);
    }
}
