//! The colour behind initials.

/// One of seven tints, by the person's id and never by the name: it stays when the name or the language changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tint(u8);

impl Tint {
    /// How many there are.
    pub const COUNT: u8 = 7;

    /// The tint of whoever has this id, the same on every machine: FNV-1a over code points, 32 bits, modulo 7. The window
    /// computes the same in `ui/src/kit/Avatar.tsx`.
    #[must_use]
    pub fn of(person_id: &str) -> Tint {
        let hash = person_id.chars().fold(0x811c_9dc5_u32, |hash, c| (hash ^ u32::from(c)).wrapping_mul(0x0100_0193));
        Tint((hash % u32::from(Tint::COUNT)) as u8)
    }

    /// 0 to 6; the style sheet counts from 1.
    #[must_use]
    pub const fn index(self) -> u8 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tint_of_an_id_is_the_windows() {
        // As `tint(id) - 1` of ui/src/kit/Avatar.tsx gives them.
        let tints = ["", "1", "2", "101", "noor", "نور"].map(|id| Tint::of(id).index());
        assert_eq!(tints, [2, 2, 3, 3, 1, 6]);
    }

    #[test]
    fn ids_in_a_row_use_all_tints_about_equally() {
        let mut uses = [0; Tint::COUNT as usize];
        (0..700).for_each(|id: u32| uses[Tint::of(&id.to_string()).index() as usize] += 1);
        assert!(uses.iter().all(|&n| (60..=140).contains(&n)), "{uses:?}");
    }
}
