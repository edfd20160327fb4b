//! Statuses as administrators see and change them (ST-05).

use model::{Blocks, ManagedStatus, Status, StatusKind, StatusNames};
use reqwest::Method;
use team_api::{EditStatus, ManagedStatuses, NewStatus, OrderStatuses, StatusBlocks, path};

use crate::client::TeamClient;
use crate::error::TeamError;
use crate::rights::id_in;
use crate::status::{kind, names};

impl TeamClient {
    /// Every status in its order, retired ones too.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `forbidden` for those who do not administer everybody.
    pub async fn managed_statuses(&self) -> Result<Vec<ManagedStatus>, TeamError> {
        let all = self.ask(self.authorized(Method::GET, path::MANAGED_STATUSES)?, true).await?;
        Ok(list(all))
    }

    /// Makes a status; its kind is any but [`StatusKind::Offline`] and stays.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `status-names` when a name is missing or too long, `too-many-statuses` when there are 100.
    pub async fn add_status(
        &self,
        kind: StatusKind,
        names: &StatusNames,
        blocks: Blocks,
    ) -> Result<ManagedStatus, TeamError> {
        let body =
            NewStatus { kind: kind.code().to_owned(), names: wire_names(Some(names)), blocks: wire_blocks(blocks) };
        let request = self.authorized(Method::POST, path::MANAGED_STATUSES)?.json(&body);
        self.ask(request, true).await.map(managed)
    }

    /// Says how a status shall stand, based on the version that was seen. Its kind stays; without names, one that is built in has
    /// the words of its kind again.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `status-changed` when somebody was faster, `built-in-status` and `status-names` when it
    /// cannot be like that.
    pub async fn edit_status(&self, wish: &ManagedStatus) -> Result<ManagedStatus, TeamError> {
        let body = EditStatus {
            version: wish.version,
            names: Some(wire_names(wish.status.names.as_ref())),
            blocks: (!wish.blocks_fixed).then(|| wire_blocks(wish.status.blocks)),
            retired: Some(wish.retired),
        };
        let address = path::MANAGED_STATUS.replace("{id}", id_in(&wish.status.id)?);
        let request = self.authorized(Method::PATCH, &address)?.json(&body);
        self.ask(request, true).await.map(managed)
    }

    /// Puts those that are not retired into this order; each is named once.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `bad-body` when one is missing: somebody made or retired one meanwhile.
    pub async fn order_statuses(&self, ids: Vec<String>) -> Result<Vec<ManagedStatus>, TeamError> {
        let request = self.authorized(Method::PUT, path::STATUS_ORDER)?.json(&OrderStatuses { ids });
        self.ask(request, true).await.map(list)
    }
}

fn list(all: ManagedStatuses) -> Vec<ManagedStatus> {
    all.statuses.into_iter().map(managed).collect()
}

fn managed(row: team_api::ManagedStatus) -> ManagedStatus {
    let blocks = Blocks { queue: row.blocks.queue, internal: row.blocks.internal, external: row.blocks.external };
    ManagedStatus {
        status: Status { kind: kind(&row.kind), id: row.id, names: row.names.map(names), blocks },
        blocks_fixed: row.blocks_fixed,
        built_in: row.built_in,
        retired: row.retired,
        people: row.people,
        version: row.version,
    }
}

fn wire_names(names: Option<&StatusNames>) -> team_api::StatusNames {
    names.map_or_else(Default::default, |names| team_api::StatusNames { en: names.en.clone(), ar: names.ar.clone() })
}

fn wire_blocks(blocks: Blocks) -> StatusBlocks {
    StatusBlocks { queue: blocks.queue, internal: blocks.internal, external: blocks.external }
}
