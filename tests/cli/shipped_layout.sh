# The shipped files are laid out as `crux fmt` does it.
cd "$TESTS/.." || exit 9
crux fmt --check claims/*.crux claims/*/*.crux engine/forecast/*/*.crux docs/tutorial/buses-1.crux docs/tutorial/buses-2.crux
