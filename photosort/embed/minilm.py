"""all-MiniLM-L6-v2 as a short BERT: the text half of the starter encoder.

Written here rather than taken from transformers because the product starts with it: importing
transformers' BERT takes 4 s and 150 MB, these lines nothing. A test holds them to transformers' numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HEADS = 12
LAYERS = 6
NORM_EPS = 1e-12
# Longer inputs were never seen in training (sentence_bert_config.json of the model).
MAX_TOKENS = 256


class MiniLM:
    """Sentences to unit vectors."""

    def __init__(self, folder: Path) -> None:
        """Reads the model.

        Args:
            folder: holds `model.safetensors` and `tokenizer.json`.
        """
        self._weights: dict[str, Tensor] = load_file(folder / "model.safetensors")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    @property
    def dim(self) -> int:
        """Dimension of a sentence's vector."""
        return self._weights["embeddings.word_embeddings.weight"].shape[1]

    def to(self, device: torch.device) -> MiniLM:
        """Moves the weights; returns itself."""
        self._weights = {name: weight.to(device) for name, weight in self._weights.items()}
        return self

    @property
    def _device(self) -> torch.device:
        return self._weights["embeddings.word_embeddings.weight"].device

    def count_tokens(self, text: str) -> int:
        """Tokens of a text, the two marks at its ends included."""
        return len(self._tokenizer.encode(text).ids)

    def encode(self, texts: Sequence[str], *, batch_size: int = 64) -> Tensor:
        """Vectors of sentences.

        Args:
            texts: what lies beyond `MAX_TOKENS` is not read.
            batch_size: texts a forward pass; texts of similar length go together.

        Returns:
            float32 tensor, shape (n, dim), unit L2 norm, input order.
        """
        ids = [_shortened(row.ids) for row in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        vectors = torch.empty(len(ids), self.dim, device=self._device)
        with torch.inference_mode():
            for start in range(0, len(order), batch_size):
                rows = order[start : start + batch_size]
                vectors[rows] = self._forward([ids[row] for row in rows])
        return vectors

    def _forward(self, ids: Sequence[Sequence[int]]) -> Tensor:
        longest = max(len(row) for row in ids)
        padded = [[*row, *[0] * (longest - len(row))] for row in ids]
        lengths = [[len(row)] for row in ids]
        tokens = torch.tensor(padded, device=self._device)
        mask = (torch.arange(longest) < torch.tensor(lengths)).float().to(self._device)
        # -inf would give NaN in a row that is padding only; this is far below any real score.
        bias = ((1.0 - mask) * -1e9)[:, None, None, :]
        x = (
            self._weights["embeddings.word_embeddings.weight"][tokens]
            + self._weights["embeddings.position_embeddings.weight"][:longest]
            + self._weights["embeddings.token_type_embeddings.weight"][0]
        )
        x = self._norm(x, "embeddings.LayerNorm")
        for layer in range(LAYERS):
            x = self._layer(x, bias, f"encoder.layer.{layer}")
        pooled = (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        return functional.normalize(pooled, dim=1)

    def _layer(self, x: Tensor, bias: Tensor, name: str) -> Tensor:
        query, key, value = (
            self._linear(x, f"{name}.attention.self.{part}")
            .view(*x.shape[:2], HEADS, -1)
            .transpose(1, 2)
            for part in ("query", "key", "value")
        )
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        mixed = self._linear(mixed.transpose(1, 2).flatten(2), f"{name}.attention.output.dense")
        x = self._norm(x + mixed, f"{name}.attention.output.LayerNorm")
        inner = functional.gelu(self._linear(x, f"{name}.intermediate.dense"))
        return self._norm(
            x + self._linear(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm"
        )

    def _linear(self, x: Tensor, name: str) -> Tensor:
        return functional.linear(x, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])

    def _norm(self, x: Tensor, name: str) -> Tensor:
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return functional.layer_norm(x, weight.shape, weight, bias, NORM_EPS)


def _shortened(ids: list[int]) -> list[int]:
    # The mark at the end stays, as the model's own tokenizer has it.
    return ids if len(ids) <= MAX_TOKENS else [*ids[: MAX_TOKENS - 1], ids[-1]]
