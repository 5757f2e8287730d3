// The file IMAGE as it is (store/shipped.h).
        .section .rodata
        .balign 4096
        .global shipped_image
        .hidden shipped_image
shipped_image:
        .incbin IMAGE
.Lend:
        .balign 8
        .global shipped_image_size
        .hidden shipped_image_size
shipped_image_size:
        .quad .Lend - shipped_image
        .section .note.GNU-stack, "", %progbits
