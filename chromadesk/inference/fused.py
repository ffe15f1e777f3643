"""Batch norms folded into the convolutions before them, paddings known beforehand: the same function, fewer passes."""

from __future__ import annotations

import copy
from typing import TypeVar

from timm.layers.conv2d_same import Conv2dSame
from timm.layers.norm_act import BatchNormAct2d
from torch import nn
from torch.nn.utils import fuse_conv_bn_eval

_Module = TypeVar("_Module", bound=nn.Module)


def fused(network: _Module) -> _Module:
    """A copy of ``network``, in eval mode, whose batch norms are part of the convolutions that stand right before them.

    Goes by the order of modules within their parent, which is the order in which every network here runs them. Takes
    photos whose sides are multiples of the network's stride, as ``Network.scores`` does.
    """
    folded = copy.deepcopy(network).eval()
    _fold(folded)
    _settle(folded)
    return folded


def _fold(module: nn.Module) -> None:
    before: tuple[str, nn.Module] | None = None
    for name, child in list(module.named_children()):
        if before is not None and isinstance(before[1], nn.Conv2d) and isinstance(child, nn.BatchNorm2d):
            setattr(module, before[0], fuse_conv_bn_eval(before[1], child))
            # timm's batch norm carries the activation that follows it.
            setattr(module, name, child.act if isinstance(child, BatchNormAct2d) else nn.Identity())
        else:
            _fold(child)
        before = name, child


def _settle(module: nn.Module) -> None:
    """TensorFlow's padding, which timm works out anew from each photo's size, as a number: every size is even here."""
    for name, child in list(module.named_children()):
        if isinstance(child, Conv2dSame):
            setattr(module, name, _padded(child))
        else:
            _settle(child)


def _padded(convolution: Conv2dSame) -> nn.Module:
    down, across = (
        (kernel - 1) * dilation + 1 - stride
        for kernel, dilation, stride in zip(
            convolution.kernel_size, convolution.dilation, convolution.stride, strict=True
        )
    )
    plain = nn.Conv2d(
        convolution.in_channels,
        convolution.out_channels,
        convolution.kernel_size,  # type: ignore[arg-type]
        convolution.stride,  # type: ignore[arg-type]
        0,
        convolution.dilation,  # type: ignore[arg-type]
        convolution.groups,
    )
    plain.weight, plain.bias = convolution.weight, convolution.bias
    return nn.Sequential(nn.ZeroPad2d((across // 2, across - across // 2, down // 2, down - down // 2)), plain)
