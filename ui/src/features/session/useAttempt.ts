import { useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { IpcError } from "../../backend/generated";

/** One attempt at a time; its error stays on the form until the next. Success shows itself: Rust says that we are in. */
export function useAttempt<Which extends string>() {
  const [running, setRunning] = useState<Which | null>(null);
  const [error, setError] = useState<IpcError | null>(null);
  const attempt = async (which: Which, request: () => Promise<unknown>): Promise<boolean> => {
    if (running) return false;
    setRunning(which);
    setError(null);
    try {
      await request();
      return true;
    } catch (thrown) {
      setError(asIpcError(thrown));
      return false;
    } finally {
      setRunning(null);
    }
  };
  return { running, error, attempt };
}
