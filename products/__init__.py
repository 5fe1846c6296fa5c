"""What is known: facts about magnesium forms and products, and the rules over them."""
