//! Why a reading ends early.

use model::{FoundBook, SourceFault, SourceWhy};

/// Why.
#[derive(Debug)]
pub(crate) enum Stop {
    /// It cannot be read.
    Fault(SourceFault),
    /// There are several; one has to be chosen.
    Choose(Vec<FoundBook>),
}

impl Stop {
    pub(crate) fn new(why: SourceWhy, detail: &str) -> Stop {
        Stop::Fault(SourceFault::new(why, detail))
    }

    pub(crate) fn into_fault(self) -> SourceFault {
        match self {
            Stop::Fault(fault) => fault,
            Stop::Choose(books) => {
                let names: Vec<_> = books.iter().map(|book| book.name.as_str()).collect();
                SourceFault::new(SourceWhy::SeveralBooks, &names.join(", "))
            }
        }
    }
}

impl From<SourceWhy> for Stop {
    fn from(why: SourceWhy) -> Self {
        Stop::Fault(why.into())
    }
}

impl From<SourceFault> for Stop {
    fn from(fault: SourceFault) -> Self {
        Stop::Fault(fault)
    }
}
