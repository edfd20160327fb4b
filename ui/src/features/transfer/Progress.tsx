import { useState } from "react";
import type { Call, CallTransfer } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { IconButton } from "../../kit/Button";
import { Notice } from "../../kit/Notice";
import { parkedAt } from "../../state/calls";
import { useNameOf } from "./names";

/** How far the transfer of this call is, and why one came to nothing. */
export function TransferProgress({ call }: { call: Call }) {
  const { t, format } = useWords();
  const nameOf = useNameOf();
  const [closed, setClosed] = useState<CallTransfer | null>(null);
  const { transfer } = call;
  if (!transfer || (closed && same(closed, transfer))) return null;
  const person = nameOf(transfer.to);
  if (transfer.stage === "failed") {
    const why = transfer.fault === "target" && transfer.reason ? t(`end-long-${transfer.reason}`) : t(`transfer-fault-${transfer.fault === "target" ? "silent" : (transfer.fault ?? "silent")}`);
    return (
      <Notice
        tone="bad" icon="phone-x-fill" urgent title={t("transfer-failed", { person })} detail={transfer.sipCode === null ? null : `SIP ${transfer.sipCode}`}
        action={<IconButton size="sm" icon="x" label={t("close")} onPress={() => setClosed(transfer)} />}
      >
        {why}
      </Notice>
    );
  }
  const slot = parkedAt(call);
  if (slot !== null) return <Notice tone="warn" icon="parking" title={t("park-running", { slot: format.count(slot) })}>{t(`transfer-stage-${transfer.stage}`)}</Notice>;
  return <Notice tone="warn" icon="phone-transfer" title={t("transfer-running", { person })}>{t(`transfer-stage-${transfer.stage}`)}</Notice>;
}

function same(a: CallTransfer, b: CallTransfer): boolean {
  return a.stage === b.stage && a.fault === b.fault && a.reason === b.reason && a.to.number === b.to.number;
}
