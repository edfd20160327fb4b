//! Parking.

use utoipa::openapi::HttpMethod::{Get, Post, Put};

use super::operation::Operation;
use crate::{ParkPlace, Parked, ParkingRules, code, path};

pub(super) fn all() -> Vec<Operation> {
    let rules = |method, id, summary| {
        Operation::new(method, path::PARKING_RULES, id, summary)
            .says("For those who administer everybody.")
            .administrator()
            .answers::<ParkingRules>(200, "What holds.")
    };
    vec![
        Operation::new(Get, path::PARKED, "parked", "The parked calls that the caller may take")
            .says("Numbers and names of those alone who share with whom they talk.")
            .signed_in()
            .answers::<Parked>(200, "By place."),
        Operation::new(Post, path::PARKED, "park", "Keep a place for a call")
            .says("For those who may park. The call is sent there by REFER, and taken by dialling the same.")
            .signed_in()
            .answers::<ParkPlace>(200, "The place.")
            .refuses(403, code::FORBIDDEN)
            .refuses(409, code::NO_PLACE),
        rules(Get, "parking_rules", "When parked calls come back"),
        rules(Put, "put_parking_rules", "Change when parked calls come back").takes::<ParkingRules>(),
    ]
}
