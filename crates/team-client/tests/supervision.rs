//! Leave to supervise through the client, against the real server.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod owned;

use base::SuperviseMode;
use model::{Rights, RightsCard, Role};
use owned::{client, refused, server};
use team_client::code;

#[tokio::test]
async fn leave_is_refused_with_the_words_of_the_reason_and_credentials_bring_the_key_rg_09() {
    let dir = tempfile::tempdir().unwrap();
    let (server, owner) = server(&dir).await;
    let (rana, noor) = (client(&server), client(&server));
    let rana_id = rana.try_practice("rana").await.unwrap().me.id;
    let noor_id = noor.try_practice("noor").await.unwrap().me.id;
    let ask = async |id: &str| refused(rana.supervise(id, SuperviseMode::Listen).await);

    assert_eq!(ask(&noor_id).await, (403, code::FORBIDDEN.into()));
    let card = owner.user_rights(&rana_id).await.unwrap();
    let rights = Rights { monitoring: true, ..card.rights };
    owner.put_user_rights(&rana_id, &RightsCard { rights, role: Role::Manager, ..card }).await.unwrap();
    assert_eq!(ask(&noor_id).await, (409, code::SUPERVISE_NO_CALL.into()));
    assert_eq!(ask(&rana_id).await, (409, code::YOURSELF.into()));
    for nobody in ["", "../me", "nothing"] {
        assert!([403, 404].contains(&ask(nobody).await.0), "{nobody:?}");
    }
    let seen = rana.colleagues().await.unwrap();
    let may = |id: &str| seen.iter().find(|colleague| colleague.id == id).unwrap().may;
    assert!(may(&noor_id).supervise && !may(&noor_id).operate && !may(&rana_id).supervise);
    let [first, second] = [rana.sip_credentials().await.unwrap(), noor.sip_credentials().await.unwrap()];
    let keys = [first.supervision_key.unwrap(), second.supervision_key.unwrap()];
    assert_ne!(keys[0], keys[1], "each judges leaves for its own calls alone");
    assert!(first.server_now.0 > 0);
    server.shutdown().await;
}
