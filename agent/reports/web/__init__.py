"""The parts of the HTML report: markup, the document, the claim cards, the timelines, the footer."""
