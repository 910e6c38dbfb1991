"""How planning is drawn: pictures made of the plan, words included."""
