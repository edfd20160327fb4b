// Sides are logical: the same rules serve both directions. What never mirrors says so with dir="ltr" in the markup.
const PHYSICAL = /^(margin|padding|border)-(left|right|top|bottom)|^(left|right|top|bottom|width|height)$|^(min|max)-(width|height)$/;

export default {
  rules: {
    "property-disallowed-list": [[PHYSICAL], { message: "Use the logical property (inline/block, start/end)." }],
    "declaration-property-value-disallowed-list": [{ "text-align": ["left", "right"], float: ["left", "right"] }, { message: "Use start or end." }],
    "color-no-invalid-hex": true,
    "property-no-unknown": [true, { ignoreProperties: ["size-adjust"] }],
    "declaration-block-no-duplicate-properties": true,
    "block-no-empty": true,
  },
};
