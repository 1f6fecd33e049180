// Entry of a rule's page.

import { startRuleForms } from "./rule-form.js";

startRuleForms();
