/* eslint-disable no-underscore-dangle -- Vitest's own names. */
// How tests find elements when WebDriver acts on them: found as Vitest finds them, named to WebDriver by a CSS selector.
import { convertElementToCssSelector, ensureAwaited, getByAltTextSelector, getByLabelSelector, getByPlaceholderSelector, getByRoleSelector, getByTestIdSelector, getByTextSelector, getByTitleSelector, Locator, selectorEngine, triggerCommandWithTrace } from "@vitest/browser/locators";
import { page, server } from "vitest/browser";
import { __INTERNAL as internal } from "vitest/internal/browser";

const WITHIN_MS = 20_000;

class WebKitLocator extends Locator {
  constructor(selector, container) {
    super();
    this._pwSelector = selector;
    this._container = container;
  }

  get selector() {
    return this.elements().map((element) => convertElementToCssSelector(element)).join(", ");
  }

  click(options) {
    return this.#act("__vitest_click", options);
  }

  dblClick(options) {
    return this.#act("__vitest_dblClick", options);
  }

  hover(options) {
    return this.#act("__vitest_hover", options);
  }

  fill(text, options) {
    return this.#act("__vitest_fill", options, text);
  }

  locator(selector) {
    return new WebKitLocator(`${this._pwSelector} >> ${selector}`, this._container);
  }

  elementLocator(element) {
    return new WebKitLocator(selectorEngine.generateSelectorSimple(element), element);
  }

  /** Waits until it is there, then acts. */
  #act(name, options, ...before) {
    return ensureAwaited(async (error) => {
      const deadline = performance.now() + WITHIN_MS;
      for (;;) {
        const element = await this.findElement(options);
        const acted = await triggerCommandWithTrace({ name, arguments: [convertElementToCssSelector(element), ...before, options], errorSource: error });
        if (acted) return;
        if (performance.now() > deadline) throw new Error(`${this._pwSelector}: its element is replaced again and again`, { cause: error });
      }
    });
  }
}

page.extend({
  getByLabelText: (text, options) => new WebKitLocator(getByLabelSelector(text, options)),
  getByRole: (role, options) => new WebKitLocator(getByRoleSelector(role, options)),
  getByTestId: (id) => new WebKitLocator(getByTestIdSelector(server.config.browser.locators.testIdAttribute, id)),
  getByAltText: (text, options) => new WebKitLocator(getByAltTextSelector(text, options)),
  getByPlaceholder: (text, options) => new WebKitLocator(getByPlaceholderSelector(text, options)),
  getByText: (text, options) => new WebKitLocator(getByTextSelector(text, options)),
  getByTitle: (title, options) => new WebKitLocator(getByTitleSelector(title, options)),
  elementLocator: (element) => new WebKitLocator(selectorEngine.generateSelectorSimple(element)),
});

internal._createLocator = (selector) => new WebKitLocator(selector);
