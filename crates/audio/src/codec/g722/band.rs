//! One band's adaptive predictor and scale factor, the same in both directions (blocks 2 to 4 of the recommendation).

/// Scale factor's logarithm to its value, 2⁽ⁿ⁄³²⁾ in steps (table ILB).
const ILB: [i32; 32] = [
    2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834, 2896, 2960, 3025,
    3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008,
];
/// Lower band: multiplier of the scale factor for a quantised magnitude (table WL).
const WL: [i32; 8] = [-60, -30, 58, 172, 334, 538, 1198, 3042];
/// Lower band: four-bit code to its magnitude's number (table RL4).
const RL4: [usize; 16] = [0, 7, 6, 5, 4, 3, 2, 1, 7, 6, 5, 4, 3, 2, 1, 0];
/// Lower band: inverse quantiser with four bits (table QM4).
const QM4: [i32; 16] =
    [0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200, 0];
/// Upper band: multiplier of the scale factor by the code's magnitude (tables WH and RH2).
const WH: [i32; 4] = [798, -214, 798, -214];
/// Upper band: inverse quantiser (table QM2).
const QM2: [i32; 4] = [-7408, -1616, 7408, 1616];

/// State of one band. Names follow the recommendation: `a` poles, `b` zeros, `s` the estimate.
#[derive(Clone)]
pub(super) struct Band {
    /// Scale factor of the quantiser (DETL, DETH).
    pub det: i32,
    /// Estimate of the next sample.
    pub estimate: i32,
    /// The zeros' share of the estimate.
    zeros: i32,
    /// Scale factor's logarithm (NBL, NBH).
    log: i32,
    /// Pole coefficients.
    a: [i32; 2],
    /// Zero coefficients.
    b: [i32; 6],
    /// Reconstructed samples, newest first.
    r: [i32; 2],
    /// Partially reconstructed samples, newest first.
    p: [i32; 2],
    /// Quantised differences, newest first.
    d: [i32; 6],
}

impl Band {
    pub(super) fn lower() -> Self {
        Band::with_scale(32)
    }

    pub(super) fn upper() -> Self {
        Band::with_scale(8)
    }

    fn with_scale(det: i32) -> Self {
        Band { det, estimate: 0, zeros: 0, log: 0, a: [0; 2], b: [0; 6], r: [0; 2], p: [0; 2], d: [0; 6] }
    }

    /// Learns from a code of the lower band (six bits; the predictor uses the upper four, so that bits can be stolen).
    pub(super) fn adapt_lower(&mut self, code: u8) {
        let code = usize::from(code >> 2 & 15);
        let difference = (self.det * QM4[code]) >> 15;
        self.scale(WL[RL4[code]], 18_432, 8);
        self.predict(difference);
    }

    /// Learns from a code of the upper band (two bits); returns the difference it stood for.
    pub(super) fn adapt_upper(&mut self, code: u8) -> i32 {
        let code = usize::from(code & 3);
        let difference = (self.det * QM2[code]) >> 15;
        self.scale(WH[code], 22_528, 10);
        self.predict(difference);
        difference
    }

    /// Block 3: LOGSC and SCALE.
    fn scale(&mut self, multiplier: i32, most: i32, shift: i32) {
        self.log = (((self.log * 127) >> 7) + multiplier).clamp(0, most);
        let base = ILB[(self.log >> 6 & 31) as usize];
        let down = shift - (self.log >> 11);
        self.det = (if down < 0 { base << -down } else { base >> down }) << 2;
    }

    /// Block 4: the adaptive predictor.
    fn predict(&mut self, difference: i32) {
        let recovered = saturated(self.estimate + difference);
        let partial = saturated(self.zeros + difference);
        let a = self.poles(partial);
        let step = if difference == 0 { 0 } else { 128 };
        for (b, d) in self.b.iter_mut().zip(self.d) {
            let direction = if same_sign(d, difference) { step } else { -step };
            *b = saturated(direction + ((*b * 32_640) >> 15));
        }
        self.a = a;
        self.d.copy_within(..5, 1);
        self.d[0] = difference;
        self.r = [recovered, self.r[0]];
        self.p = [partial, self.p[0]];
        let poles: i32 = self.a.iter().zip(self.r).map(|(a, r)| (a * saturated(r + r)) >> 15).sum();
        let zeros: i32 = self.b.iter().zip(self.d).map(|(b, d)| (b * saturated(d + d)) >> 15).sum();
        self.zeros = saturated(zeros);
        self.estimate = saturated(saturated(poles) + self.zeros);
    }

    /// UPPOL2 and UPPOL1, with the limits that keep the filter stable.
    fn poles(&self, partial: i32) -> [i32; 2] {
        let same_as_last = same_sign(partial, self.p[0]);
        let first = saturated(self.a[0] << 2);
        let turned = if same_as_last { (-first).min(32_767) } else { first };
        let leak = if same_sign(partial, self.p[1]) { 128 } else { -128 };
        let second = ((turned >> 7) + leak + ((self.a[1] * 32_512) >> 15)).clamp(-12_288, 12_288);
        let step = if same_as_last { 192 } else { -192 };
        let limit = saturated(15_360 - second);
        let first = saturated(step + ((self.a[0] * 32_640) >> 15)).clamp(-limit, limit);
        [first, second]
    }
}

/// To 16 bits.
pub(super) fn saturated(value: i32) -> i32 {
    value.clamp(-32_768, 32_767)
}

/// Zero counts as positive.
fn same_sign(a: i32, b: i32) -> bool {
    (a < 0) == (b < 0)
}
