// Entry of the pages on which staff sign in.

import "../../shared/js/prompt.js";
