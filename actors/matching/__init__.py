"""How a label finds its documents by itself: rules over their texts. Pure; what is learned (`AUTO`) is the classifier's."""
