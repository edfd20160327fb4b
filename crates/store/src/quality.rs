//! How calls sounded.

use base::CodecKind;
use model::{Fault, FaultCause, FaultySide, Passport, WayPassport};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use crate::error::StoreError;
use crate::open::Store;

impl Store {
    /// The passport of a call in the history; `None` when it has none, or there is no such call.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn quality(&self, call: i64) -> Result<Option<Passport>, StoreError> {
        let row =
            sqlx::query("SELECT * FROM call_quality WHERE call = $1").bind(call).fetch_optional(&self.pool).await?;
        Ok(row.as_ref().map(passport).transpose()?)
    }
}

pub(crate) async fn add(to: &mut SqliteConnection, call: i64, passport: &Passport) -> Result<(), sqlx::Error> {
    let Passport { heard, spoken, .. } = passport;
    let small = |value: Option<u32>| value.map(i64::from);
    let large = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    let mut query = sqlx::query(
        "INSERT INTO call_quality VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
         $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28)",
    )
    .bind(call)
    .bind(i64::from(passport.seconds));
    for way in [heard, spoken] {
        query = query
            .bind(way.codec.map(CodecKind::code))
            .bind(large(way.packets))
            .bind(large(way.lost))
            .bind(small(way.mos_hundredths))
            .bind(small(way.mos_least_hundredths))
            .bind(small(way.jitter_ms))
            .bind(small(way.jitter_most_ms));
    }
    query = query.bind(small(passport.rtt_ms)).bind(small(passport.rtt_most_ms));
    for number in [
        passport.buffer_ms,
        passport.concealed_permille,
        passport.repaired_permille,
        passport.late_permille,
        passport.microphone_s,
        passport.computer_s,
        passport.own_network_s,
        passport.far_end_s,
    ] {
        query = query.bind(i64::from(number));
    }
    let fault = passport.fault;
    query = query.bind(fault.map(|fault| fault.side.code())).bind(fault.map(|fault| fault.cause.code()));
    query.execute(to).await.map(drop)
}

fn passport(row: &SqliteRow) -> Result<Passport, sqlx::Error> {
    let small = |column: &str| number(row, column).map(Option::unwrap_or_default);
    let side = word(row, "fault_side", FaultySide::from_code)?;
    let cause = word(row, "fault_cause", FaultCause::from_code)?;
    Ok(Passport {
        seconds: small("seconds")?,
        heard: way(row, "heard")?,
        spoken: way(row, "spoken")?,
        rtt_ms: number(row, "rtt_ms")?,
        rtt_most_ms: number(row, "rtt_most_ms")?,
        buffer_ms: small("buffer_ms")?,
        concealed_permille: small("concealed")?,
        repaired_permille: small("repaired")?,
        late_permille: small("late")?,
        microphone_s: small("microphone_s")?,
        computer_s: small("computer_s")?,
        own_network_s: small("own_network_s")?,
        far_end_s: small("far_end_s")?,
        fault: side.zip(cause).map(|(side, cause)| Fault { side, cause }),
    })
}

fn way(row: &SqliteRow, name: &str) -> Result<WayPassport, sqlx::Error> {
    let column = |rest: &str| format!("{name}_{rest}");
    let large = |rest| row.try_get::<i64, _>(column(rest).as_str()).map(|value| u64::try_from(value).unwrap_or(0));
    Ok(WayPassport {
        codec: word(row, &column("codec"), CodecKind::from_code)?,
        packets: large("packets")?,
        lost: large("lost")?,
        mos_hundredths: number(row, &column("mos"))?,
        mos_least_hundredths: number(row, &column("mos_least"))?,
        jitter_ms: number(row, &column("jitter_ms"))?,
        jitter_most_ms: number(row, &column("jitter_most"))?,
    })
}

fn number(row: &SqliteRow, column: &str) -> Result<Option<u32>, sqlx::Error> {
    Ok(row.try_get::<Option<i64>, _>(column)?.and_then(|value| u32::try_from(value).ok()))
}

/// A word that is kept; one from another version reads as not known.
fn word<T>(row: &SqliteRow, column: &str, from_code: fn(&str) -> Option<T>) -> Result<Option<T>, sqlx::Error> {
    Ok(row.try_get::<Option<String>, _>(column)?.and_then(|word| from_code(&word)))
}
