// The file IMAGE as it is, between two symbols (store/shipped.h).
        .section .rodata
        .balign 4096
        .global shipped_image
        .hidden shipped_image
shipped_image:
        .incbin IMAGE
        .global shipped_image_end
        .hidden shipped_image_end
shipped_image_end:
        .byte 0
        .section .note.GNU-stack, "", %progbits
