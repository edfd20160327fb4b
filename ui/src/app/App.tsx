import { useEffect, useLayoutEffect, useState } from "react";
import { SignIn } from "../features/session/SignIn";
import { I18n } from "../i18n/I18n";
import { useEngine } from "../state/Engine";
import { Frame } from "./Frame";
import { useTheme } from "./useTheme";

/** Signed in: the frame. Else the sign-in page. While a kept session is resumed: the empty frame, no flash of a form. */
export function App() {
  const { state } = useEngine();
  const theme = useTheme(state.settings.theme);
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  const inside = state.session.phase === "signedIn" || state.session.phase === "signingOut";
  return (
    <I18n language={state.settings.language} digits={state.settings.digits}>
      {inside ? <Frame /> : <SignInOrWait />}
    </I18n>
  );
}

/** How long a kept session may take before the page says that it is working. */
const PATIENCE_MS = 400;

function SignInOrWait() {
  const { state } = useEngine();
  const [resuming, setResuming] = useState(state.session.phase === "signingIn");
  useEffect(() => {
    if (state.session.phase !== "signingIn") {
      setResuming(false);
      return undefined;
    }
    const timer = setTimeout(() => setResuming(false), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [state.session.phase]);
  return resuming ? null : <SignIn />;
}
