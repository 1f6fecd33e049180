// Entry of the password page.

import "../../shared/js/prompt.js";
