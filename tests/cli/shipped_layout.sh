# The shipped files are laid out as `crux fmt` does it.
cd "$TESTS/.." || exit 9
crux fmt --check claims/*.crux claims/*/*.crux engine/forecast/*/*.crux docs/tutorial/buses-[12].crux docs/tutorial/controls.crux docs/tutorial/own-*.crux docs/tutorial/letter.crux docs/tutorial/operator.crux
